/** TLA+ values: one canonical form, one order, one printer. */
export { formatValue } from './format.js';
export { decodeItf, encodeItf, type Itf, ItfError } from './itf.js';
export { fromStoredJson, type StoredJson, toStoredJson } from './storedJson.js';
export * from './value.js';
