/** Where a thing that is sent stands. */
export type Tick = 'wait' | 'hub' | 'arrived' | 'seen' | 'refused';
