/** A unit on the ribbon of its course. */
export type RibbonUnit = 'done' | 'now' | 'to-come';
