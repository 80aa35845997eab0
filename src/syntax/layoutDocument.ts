/**
 * Documents for pretty printing, after Wadler ("A prettier printer"): text with places where a line
 * may break; a group is set on one line if it fits. `align` makes the column where it starts the
 * margin of its content, which is what keeps junction lists in their columns wherever they stand.
 */

export type Doc =
  | string
  | { readonly kind: 'concat'; readonly parts: readonly Doc[]; readonly isHard: boolean }
  | { readonly kind: 'line'; readonly flat: string; readonly isHard: boolean }
  | { readonly kind: 'group' | 'align'; readonly doc: Doc; readonly isHard: boolean }
  | { readonly kind: 'nest'; readonly by: number; readonly doc: Doc; readonly isHard: boolean };

/** A space, or a line break if the group does not fit. */
export const line: Doc = { kind: 'line', flat: ' ', isHard: false };
/** Nothing, or a line break. */
export const softLine: Doc = { kind: 'line', flat: '', isHard: false };
/** Always a line break; every group around it is broken, too. */
export const hardLine: Doc = { kind: 'line', flat: ' ', isHard: true };

export function isHard(doc: Doc): boolean {
  return typeof doc !== 'string' && doc.isHard;
}

export function concat(...parts: readonly Doc[]): Doc {
  return { kind: 'concat', parts, isHard: parts.some(isHard) };
}

export function group(...parts: readonly Doc[]): Doc {
  const doc = concat(...parts);
  return { kind: 'group', doc, isHard: isHard(doc) };
}

/** Lines inside begin at the column where the document begins. */
export function align(...parts: readonly Doc[]): Doc {
  const doc = concat(...parts);
  return { kind: 'align', doc, isHard: isHard(doc) };
}

/** Lines inside begin `by` columns right of the margin. */
export function nest(by: number, ...parts: readonly Doc[]): Doc {
  const doc = concat(...parts);
  return { kind: 'nest', by, doc, isHard: isHard(doc) };
}

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return concat(...docs.flatMap((doc, i) => (i === 0 ? [doc] : [separator, doc])));
}

/** `a, b, c` with as many on a line as fit. */
export function fill(docs: readonly Doc[]): Doc {
  return align(...docs.map((doc, i) => (i === 0 ? doc : concat(',', group(line, doc)))));
}

interface Command {
  readonly margin: number;
  readonly isFlat: boolean;
  readonly doc: Doc;
}

/** The text of a document whose first character stands at column `start` (from 0). */
export function renderDocument(doc: Doc, start: number, width: number): string {
  const out: string[] = [];
  let column = start;
  const commands: Command[] = [{ margin: start, isFlat: false, doc }];
  for (let command = commands.pop(); command; command = commands.pop()) {
    const { margin, isFlat, doc: current } = command;
    if (typeof current === 'string') {
      out.push(current);
      column += current.length;
    } else if (current.kind === 'line') {
      const text = isFlat ? current.flat : `\n${' '.repeat(margin)}`;
      out.push(text);
      column = isFlat ? column + text.length : margin;
    } else if (current.kind === 'concat') {
      for (let i = current.parts.length - 1; i >= 0; i--) {
        commands.push({ margin, isFlat, doc: current.parts[i] as Doc });
      }
    } else if (current.kind === 'group') {
      const candidate = { margin, isFlat: true, doc: current.doc };
      const fitsHere = isFlat || (!current.isHard && fits(candidate, commands, width - column));
      commands.push(fitsHere ? candidate : { margin, isFlat: false, doc: current.doc });
    } else if (current.kind === 'nest') {
      commands.push({ margin: margin + current.by, isFlat, doc: current.doc });
    } else {
      commands.push({ margin: column, isFlat, doc: current.doc });
    }
  }
  return out.join('').split('\n').map(withoutSpacesAtEnd).join('\n');
}

/** In linear time, which ` +$` is not: lines of deep expressions begin with thousands of spaces. */
function withoutSpacesAtEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ') end--;
  return text.slice(0, end);
}

/** Whether the candidate, and what follows it up to the next line break, fits in the room. */
function fits(candidate: Command, following: readonly Command[], room: number): boolean {
  const commands: Command[] = [candidate];
  let left = room;
  let next = following.length - 1;
  while (left >= 0) {
    const command = commands.pop() ?? following[next--];
    if (!command) return true;
    const { isFlat, doc } = command;
    if (typeof doc === 'string') left -= doc.length;
    else if (doc.kind === 'line') {
      if (!isFlat || doc.isHard) return true;
      left -= doc.flat.length;
    } else if (doc.kind === 'concat') {
      for (let i = doc.parts.length - 1; i >= 0; i--) {
        commands.push({ ...command, doc: doc.parts[i] as Doc });
      }
    } else {
      // A group that follows may break at its first line, so it is measured as broken.
      commands.push({ ...command, doc: doc.doc });
    }
  }
  return false;
}
