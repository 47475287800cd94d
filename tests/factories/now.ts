/** 24 November 2026: inside every date of the test sources. */
export const NOW = Date.UTC(2026, 10, 24);
