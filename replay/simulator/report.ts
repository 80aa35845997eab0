/** One line for a person about an event or a detection. */
import type { MachineDetection, MachineEvent, Plain } from './state.js';

export function formatEvent(event: MachineEvent): string {
  return `${event.thread} ${event.function} ${event.step}: ${formatChange(event)}`;
}

/** `page 0/1 _refcount 1 → 2` */
export function formatChange({ what, before, after }: MachineEvent): string {
  return `${what} ${formatPlain(before)} → ${formatPlain(after)}`;
}

export function formatDetection(detection: MachineDetection): string {
  const { kind, name, thread, step, message } = detection;
  return `${kind} ${name} in ${thread} ${detection.function} ${step}: ${message}`;
}

function formatPlain(value: Plain): string {
  if (value === null) return 'NULL';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
