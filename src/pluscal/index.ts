/** PlusCal to TLA+: what the rest of the program uses of it. */
export { type ChecksumInput, withChecksums } from './checksums.js';
export { defaultOptions, parseOptions, type TranslationOptions } from './options.js';
export { printTranslation } from './printTranslation.js';
export { spliceTranslation } from './splice.js';
export { type TranslatedLabel, type Translation, translateAlgorithm } from './translate.js';
