/**
 * All the mistakes of an algorithm that the grammar does not match: part by part, and in each part
 * again and again, with what is wrong mended. A statement, condition or declaration with a mistake
 * is replaced by one without; missing `;` and the ends of blocks are added (panic mode with the
 * statement as the unit, as in Aho, Sethi, Ullman, Compilers, 4.1).
 */
import { type Diagnostic, DiagnosticError, inOrder } from '../source/diagnostic.js';
import type { SourceText } from '../source/text.js';
import { mendBlocks } from './pluscalBlocks.js';
import { Outline, type Piece, type PieceKind } from './pluscalOutline.js';
import { type Part, partsOf, standIns } from './pluscalParts.js';
import type { Token } from './tokens.js';

export interface Matching {
  readonly source: SourceText;
  readonly usesBraces: boolean;
  /** Matches tokens with the rule `Algorithm`. Throws a DiagnosticError. */
  readonly match: (tokens: readonly Token[]) => void;
  /** The mistakes in the definitions of a define block. */
  readonly mistakesInUnits: (tokens: readonly Token[], end: number) => readonly Diagnostic[];
}

/** More would be of no help: most of them are likely to come from the first. */
const mostMistakes = 20;
const stand: Readonly<Record<PieceKind, string>> = {
  statement: 'skip',
  condition: 'TRUE',
  binding: 'a = 1',
  declaration: 'a',
  parameters: '',
};

/** In the order of the text; none where the parts are right and only their order is wrong. */
export function findMistakes(tokens: readonly Token[], matching: Matching): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const part of partsOf(tokens, matching.usesBraces)) {
    if (found.length >= mostMistakes) break;
    if (part.kind === 'define') found.push(...definitionMistakes(part, matching));
    else found.push(...new PartRecovery(part, matching).run());
  }
  return found.slice(0, mostMistakes);
}

function definitionMistakes({ tokens }: Part, { usesBraces, mistakesInUnits }: Matching) {
  const close = tokens.findLastIndex(({ text }) => text === (usesBraces ? '}' : 'end'));
  const start = usesBraces && tokens[1]?.text === '{' ? 2 : 1;
  const last = close < start ? tokens.length : close;
  const end = tokens[last]?.start ?? tokens.at(-1)?.end ?? 0;
  return mistakesInUnits(tokens.slice(start, last), end);
}

class PartRecovery {
  private readonly found: Diagnostic[] = [];
  private tokens: readonly Token[];
  /** What was mended last, in the source: what is wrong in it or next to it comes from it. */
  private mended = { start: -1, end: -1 };

  constructor(
    private readonly part: Part,
    private readonly matching: Matching,
  ) {
    this.tokens = part.tokens;
  }

  run(): readonly Diagnostic[] {
    const { source, usesBraces } = this.matching;
    if (this.part.kind !== 'head') {
      const blocks = mendBlocks(source, this.tokens, usesBraces);
      this.found.push(...blocks.mistakes);
      this.tokens = blocks.tokens;
    }
    for (let tries = 0; tries < 2 * mostMistakes; tries++) {
      const mistake = this.firstMistake();
      if (!mistake) break;
      this.report(mistake);
      if (!this.mend(mistake)) break;
    }
    return inOrder(this.found);
  }

  private firstMistake(): Diagnostic | null {
    const [before, after] = this.part.around;
    try {
      this.matching.match([...before, ...this.tokens, ...after]);
      return null;
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      return error.diagnostics[0] ?? null;
    }
  }

  private report(mistake: Diagnostic): void {
    const at = mistake.span?.start ?? 0;
    const isOld = this.found.some(({ span }) => span?.start === at);
    const { start, end } = this.mended;
    const isNext = this.matching.source.text.slice(end, at).trim() === '';
    const isNear = at >= start && start >= 0 && (at <= end || isNext);
    if (!isOld && !isNear) this.found.push(mistake);
  }

  /** Changes the tokens so that the mistake is gone; false where nothing is known to do. */
  private mend({ code, span: at }: Diagnostic): boolean {
    const { tokens } = this;
    const index = tokens.findIndex(({ end }) => end > (at?.start ?? 0));
    const i = index < 0 ? tokens.length : index;
    if (code === 'PCL002') return this.replace(i, i, ';');
    if (code === 'SYN016' || code === 'SYN017') return false;
    // In the C syntax, `while (c) do` is one word too many; more than that is the other syntax.
    const isWord = tokens[i]?.text === 'do' || tokens[i]?.text === 'then';
    if (code === 'PCL007') return isWord && this.replace(i, i + 1, '');
    if (code === 'PCL008') return this.replace(i, i + 2, '');
    const outline = new Outline(tokens, this.matching.usesBraces);
    const piece = outline.pieceAt(i);
    if (piece && !this.isStandIn(piece)) return this.replacePiece(piece, i);
    const before = tokens[i - 1]?.text ?? ';';
    const lacksStatement = /^([;{:]|begin|do|then|else|either|or)$/.test(before);
    if (lacksStatement && tokens[i]?.text !== ')') return this.replace(i, i, 'skip');
    return i < tokens.length && this.replace(i, i + 1, '');
  }

  private isStandIn({ kind, start, end }: Piece): boolean {
    const texts = this.tokens.slice(start, end).map(({ text }) => text);
    return texts.join(' ') === stand[kind];
  }

  private replacePiece({ kind, start, end, lacks }: Piece, stuck: number): boolean {
    // What follows a head that lacks its last word is a statement of its own.
    const last = lacks && stuck > start ? Math.min(stuck, end) : end;
    return this.replace(start, last, `${stand[kind]} ${lacks}`);
  }

  private replace(start: number, end: number, words: string): boolean {
    const { tokens } = this;
    const from = start < end ? tokens[start]?.start : tokens[start - 1]?.end;
    const to = tokens[end - 1]?.end ?? from;
    if (from === undefined) return false;
    const made = standIns(words, from, Math.max(from, to ?? from));
    this.tokens = [...tokens.slice(0, start), ...made, ...tokens.slice(end)];
    this.mended = { start: from, end: to ?? from };
    return true;
  }
}
