/** TLA+ values: one canonical form, one order, one printer. */
export * from './value.js';
