/** What the simulator offers: machines, programs to run on them, schedulers, views as data. */
export type { BioStage } from './bio.js';
export { buildNames, type KernelBuild, kernelBuild, type WaitStyle } from './build.js';
export type { Fault, MachineConfig, PrivateStyle, ResolvedConfig } from './config.js';
export type {
  BioView,
  BlockView,
  MachineView,
  MappingView,
  PageView,
  ThreadView,
  WaiterView,
} from './describe.js';
export type { DiskFault } from './detectors/diskCheck.js';
export { Machine, type StepOutcome } from './machine.js';
export type { PageFlag } from './page.js';
export { type FdatawaitOptions, fdatawait } from './programs/fdatawait.js';
export { type FlusherOptions, flusher, integrityWriter } from './programs/flusher.js';
export { type PinnerOptions, pinner } from './programs/pinner.js';
export { type TruncaterOptions, truncater } from './programs/truncater.js';
export { type Write, type WriterOptions, writer } from './programs/writer.js';
export { formatChange, formatDetection, formatEvent } from './report.js';
export {
  type AdvanceOutcome,
  advance,
  type RunOptions,
  type RunOutcome,
  replaySchedule,
  roundRobin,
  run,
  type Scheduler,
  scripted,
  seededRandom,
} from './scheduler.js';
export { SimulatorError } from './simulatorError.js';
export type { MachineDetection, MachineEvent, Plain } from './state.js';
export type { Program, Stop } from './task.js';
export type { ThreadState } from './thread.js';
