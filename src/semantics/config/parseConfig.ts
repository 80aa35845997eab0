/**
 * Reads TLC's configuration files. The language is TLC's own (tlc2/tool/impl/ModelConfig): a
 * keyword and what belongs to it, in any order. After a mistake reading goes on at the next
 * statement, so that one run reports all of them.
 */
import { type Diagnostic, DiagnosticError, diagnose, nearest } from '../../source/diagnostic.js';
import { cover, type SourceText, spanText } from '../../source/text.js';
import type { ConfigValue } from '../specification.js';
import type {
  ConfigName,
  Configuration,
  ConstantAssignment,
  ConstantReplacement,
} from './configuration.js';
import { keywords, statementOf, type Token, tokenize } from './tokens.js';

/** Throws a DiagnosticError with every mistake of the file. */
export function parseConfig(source: SourceText): Configuration {
  const problems: Diagnostic[] = [];
  const report = (one: Diagnostic): void => {
    problems.push(one);
  };
  const parser = new ConfigParser(source, tokenize(source, report), report);
  const configuration = parser.parse();
  if (problems.length > 0) throw new DiagnosticError(problems);
  return configuration;
}

/** Statements with exactly one name, and an example of one. */
const single: Readonly<Record<string, string>> = {
  SPECIFICATION: 'Spec',
  INIT: 'Init',
  NEXT: 'Next',
  SYMMETRY: 'Permutations',
  VIEW: 'View',
  ALIAS: 'Alias',
  POSTCONDITION: 'Post',
};

class ConfigParser {
  private at = 0;
  private readonly singles = new Map<string, ConfigName>();
  private readonly lists = new Map<string, ConfigName[]>();
  private readonly constants: ConstantAssignment[] = [];
  private readonly overrides: ConstantReplacement[] = [];
  private deadlock: { readonly value: boolean } | null = null;

  constructor(
    private readonly source: SourceText,
    private readonly tokens: readonly Token[],
    private readonly report: (one: Diagnostic) => void,
  ) {}

  parse(): Configuration {
    while (this.peek().kind !== 'end') this.statement();
    const behavior = this.singles.get('INIT') ?? this.singles.get('NEXT');
    if (this.singles.has('SPECIFICATION') && behavior)
      this.report(diagnose('CFG009', behavior.span));
    const one = (statement: string): ConfigName | null => this.singles.get(statement) ?? null;
    const list = (statement: string): readonly ConfigName[] => this.lists.get(statement) ?? [];
    return {
      source: this.source,
      specification: one('SPECIFICATION'),
      init: one('INIT'),
      next: one('NEXT'),
      constants: this.constants,
      overrides: this.overrides,
      invariants: list('INVARIANT'),
      properties: list('PROPERTY'),
      constraints: list('CONSTRAINT'),
      actionConstraints: list('ACTION_CONSTRAINT'),
      symmetry: one('SYMMETRY'),
      view: one('VIEW'),
      alias: one('ALIAS'),
      postcondition: one('POSTCONDITION'),
      checkDeadlock: this.deadlock?.value ?? true,
    };
  }

  private peek(): Token {
    return this.tokens[this.at] as Token;
  }

  /** The last token is `end`, and is never passed. */
  private take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.at++;
    return token;
  }

  private takeMark(text: string): boolean {
    const found = this.peek().kind === 'mark' && this.peek().text === text;
    if (found) this.at++;
    return found;
  }

  private statement(): void {
    const token = this.take();
    if (token.kind !== 'keyword') {
      this.notAStatement(token);
      return;
    }
    const statement = statementOf(token.text);
    if (statement === 'CONSTANT') this.constantList();
    else if (statement === 'CHECK_DEADLOCK') this.checkDeadlock(token);
    else if (statement in single) this.singleName(token, statement);
    else this.nameList(token, statement);
  }

  private notAStatement(token: Token): void {
    const meant = nearest(token.text, keywords);
    const hint = meant ? { hint: `Did you mean \`${meant}\`?` } : {};
    const holes = { text: spanText(token.span), keywords: listKeywords() };
    this.report(diagnose('CFG001', token.span, holes, hint));
    this.skipToKeyword();
  }

  private skipToKeyword(): void {
    while (this.peek().kind !== 'keyword' && this.peek().kind !== 'end') this.at++;
  }

  private checkDeadlock(keyword: Token): void {
    const token = this.peek();
    if (token.text !== 'TRUE' && token.text !== 'FALSE') {
      const place = token.kind === 'end' ? keyword.span : token.span;
      this.report(diagnose('CFG007', place, { text: token.text }));
      this.skipToKeyword();
      return;
    }
    this.at++;
    if (this.deadlock) this.report(diagnose('CFG005', keyword.span, { statement: keyword.text }));
    this.deadlock = { value: token.text === 'TRUE' };
  }

  private singleName(keyword: Token, statement: string): void {
    const token = this.peek();
    if (token.kind !== 'name') {
      this.missingName(keyword, single[statement] as string);
      return;
    }
    this.at++;
    if (this.singles.has(statement)) {
      this.report(diagnose('CFG005', keyword.span, { statement: keyword.text }));
    }
    this.singles.set(statement, nameOf(token));
  }

  /** TLC accepts a list without names; so does this. */
  private nameList(keyword: Token, statement: string): void {
    const names = this.lists.get(statement) ?? [];
    this.lists.set(statement, names);
    while (this.peek().kind === 'name') names.push(nameOf(this.take()));
    const token = this.peek();
    if (token.kind !== 'keyword' && token.kind !== 'end') this.missingName(keyword, 'TypeOK');
  }

  private missingName(keyword: Token, example: string): void {
    const token = this.peek();
    const isNext = token.kind === 'keyword' || token.kind === 'end';
    const holes = { statement: keyword.text, example };
    this.report(diagnose('CFG002', isNext ? keyword.span : token.span, holes));
    this.skipToKeyword();
  }

  private constantList(): void {
    while (this.peek().kind !== 'keyword' && this.peek().kind !== 'end') {
      const name = this.take();
      if (name.kind !== 'name') {
        this.notAStatement(name);
        return;
      }
      if (!this.constant(name)) this.skipConstant();
    }
  }

  /** After a mistake: on to the next `name =`, `name <-` or statement. */
  private skipConstant(): void {
    for (;;) {
      const token = this.peek();
      if (token.kind === 'keyword' || token.kind === 'end') return;
      const following = this.tokens[this.at + 1]?.text;
      if (token.kind === 'name' && (following === '=' || following === '<-')) return;
      this.at++;
    }
  }

  private constant(name: Token): boolean {
    const holes = { name: name.text };
    if (this.takeMark('<-')) return this.replacement(name);
    if (this.peek().text === '(' && this.peek().kind === 'mark') {
      const remedy = `Add a definition with its parameters to the specification and write \`${name.text} <- Definition\`.`;
      this.report(diagnose('CFG010', name.span, { what: 'a value for arguments', remedy }));
      return false;
    }
    if (!this.takeMark('=')) {
      const keyword = /^[A-Z_]+$/.test(name.text) ? nearest(name.text, keywords) : null;
      const options = keyword ? { hint: `Did you mean the statement \`${keyword}\`?` } : {};
      this.report(diagnose('CFG003', name.span, holes, options));
      return false;
    }
    const module = this.moduleName(`${name.text} =`);
    if (module === undefined) return false;
    const value = this.value(name);
    if (!value) return false;
    const { kind, span } = this.peek();
    if (kind === 'number' || kind === 'string' || kind === 'mark') {
      this.report(diagnose('CFG004', span, { ...holes, text: spanText(span) }));
      return false;
    }
    this.checkRepeated(name, module);
    this.constants.push({ ...nameOf(name), value, module });
    return true;
  }

  /** `[M]` after `=` or `<-`; null where there is none, undefined where it is broken. */
  private moduleName(before: string): ConfigName | null | undefined {
    const open = this.peek();
    if (!this.takeMark('[')) return null;
    const name = this.peek();
    if (name.kind !== 'name') {
      const isNext = name.kind === 'keyword' || name.kind === 'end';
      const place = isNext ? open.span : name.span;
      this.report(diagnose('CFG002', place, { statement: `${before} [`, example: 'Module' }));
      return undefined;
    }
    this.at++;
    if (this.takeMark(']')) return nameOf(name);
    this.report(diagnose('CFG008', open.span, { what: 'module name', close: ']' }));
    return undefined;
  }

  private replacement(name: Token): boolean {
    const module = this.moduleName(`${name.text} <-`);
    if (module === undefined) return false;
    const token = this.peek();
    if (token.kind !== 'name') {
      const place = token.kind === 'mark' ? token.span : name.span;
      this.report(
        diagnose('CFG002', place, { statement: `${name.text} <-`, example: 'Definition' }),
      );
      return false;
    }
    this.at++;
    this.checkRepeated(name, module);
    this.overrides.push({ ...nameOf(name), replacement: nameOf(token), module });
    return true;
  }

  private checkRepeated(name: Token, module: ConfigName | null): void {
    const first = [...this.constants, ...this.overrides].find(
      (one) => one.name === name.text && one.module?.name === module?.name,
    );
    if (!first) return;
    const notes = [{ message: 'the first is here', span: first.span }];
    this.report(diagnose('CFG006', name.span, { name: name.text }, { notes }));
  }

  private value(constant: Token): ConfigValue | null {
    const token = this.take();
    const { text, span } = token;
    if (token.kind === 'number') return { kind: 'number', value: Number(text), span };
    if (token.kind === 'string') return { kind: 'string', value: text, span };
    if (text === 'TRUE' || text === 'FALSE')
      return { kind: 'boolean', value: text === 'TRUE', span };
    if (token.kind === 'name') return { kind: 'model', name: text, span };
    if (text === '{' && token.kind === 'mark') return this.set(constant, token);
    if (token.kind === 'keyword') this.at--;
    const place = token.kind === 'end' ? constant.span : span;
    this.report(diagnose('CFG004', place, { name: constant.text, text }));
    return null;
  }

  private set(constant: Token, open: Token): ConfigValue | null {
    const elements: ConfigValue[] = [];
    if (!this.takeMark('}')) {
      do {
        const element = this.value(constant);
        if (!element) return null;
        elements.push(element);
      } while (this.takeMark(','));
      if (!this.takeMark('}')) {
        this.unclosedSet(constant, open);
        return null;
      }
    }
    const close = this.tokens[this.at - 1] as Token;
    return { kind: 'set', elements, span: cover(open.span, close.span) };
  }

  private unclosedSet(constant: Token, open: Token): void {
    const { kind, span, text } = this.peek();
    const stranger = kind === 'mark' || kind === 'number' || kind === 'string';
    this.report(
      stranger
        ? diagnose('CFG004', span, { name: constant.text, text })
        : diagnose('CFG008', open.span, { what: 'set', close: '}' }),
    );
  }
}

function nameOf(token: Token): ConfigName {
  return { name: token.text, span: token.span };
}

function listKeywords(): string {
  return keywords.filter((keyword) => keyword === statementOf(keyword)).join(', ');
}
