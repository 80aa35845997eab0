/** What the rest of the program uses of the compiler. */
export type { Coverage } from './actions/coverage.js';
export {
  type ConstantScope,
  type ConstantValue,
  compileConstant,
  evaluateConstant,
} from './compileConstant.js';
export type {
  ActionInfo,
  Choice,
  CompiledSpec,
  CompileOptions,
  FailureDetail,
} from './compiledSpec.js';
export { compileSpecification } from './compileSpecification.js';
export type { CompiledTemporal, ConditionInfo } from './temporal/compileTemporal.js';
