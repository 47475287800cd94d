/** The four places that the navigation leads to. */
export type Place = 'today' | 'library' | 'practise' | 'me';
