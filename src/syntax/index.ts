/** What the rest of the program uses of the front end. */
export * from './ast.js';
export { parseExpression, parseModule, type ParsedModule } from './parse.js';
export { parseAlgorithm, type AlgorithmText } from './parsePluscal.js';
export { printExpression, printModule, printUnit } from './print.js';
export type * as pluscal from './pluscalAst.js';
