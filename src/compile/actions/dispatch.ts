/** Which actions are worth calling in a state: most of them begin with a test of one slot. */
import { Block } from '../block.js';
import type { Guard } from '../code.js';

/** The statement that runs an action, and the test without which it does nothing. */
export interface ActionCall {
  readonly js: string;
  readonly guard: Guard | undefined;
}

/** The calls in their order. Those in a row that test one slot, one label each, become a switch. */
export function dispatch(calls: readonly ActionCall[]): Block {
  const block = new Block(1);
  for (let i = 0; i < calls.length; ) {
    const { guard } = calls[i] as ActionCall;
    let end = i + 1;
    while (guard !== undefined && calls[end]?.guard?.slot === guard.slot) end++;
    addGroup(calls.slice(i, end), guard, block);
    i = end;
  }
  return block;
}

/** The calls of the group that `process` is the number of. */
export function dispatchGroups(groups: readonly (readonly ActionCall[])[]): Block {
  const block = new Block(1);
  block.nest('switch (process)', (inner) => {
    groups.forEach((calls, number) => {
      inner.nest(`case ${number}:`, (into) => into.include(dispatch(calls)).add('break;'));
    });
  });
  return block;
}

function addGroup(calls: readonly ActionCall[], guard: Guard | undefined, block: Block): void {
  if (guard === undefined) {
    for (const { js } of calls) block.add(js);
    return;
  }
  const byCode = new Map<number, string[]>();
  for (const { js, guard: own } of calls) {
    const code = (own as Guard).code;
    byCode.set(code, [...(byCode.get(code) ?? []), js]);
  }
  // A slot that has had values of several kinds does not decide by its code alone.
  block.nest(`if (${guard.isMixed})`, (inner) => {
    for (const { js } of calls) inner.add(js);
  });
  block.nest(`else switch (s[${guard.slot}])`, (inner) => {
    for (const [code, all] of byCode) inner.add(`case ${code}: ${all.join(' ')} break;`);
  });
}
