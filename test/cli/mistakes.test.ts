/**
 * The oracle's specifications with one mistake each: the right exit code, at the right line. What a
 * person sees is printed at the end, for reading: only a person can say whether it is understood.
 */
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { cli, json } from './runCli.js';

interface Mistake {
  readonly spec: string;
  readonly config: string;
  readonly stage: 'pcal' | 'parse' | 'semantic' | 'level' | 'config';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly exitCode: number;
}

const mistakes = JSON.parse(readFileSync('test/oracle/errors.json', 'utf8')) as readonly Mistake[];
const shown: string[] = [];

afterAll(() => console.log(shown.join('\n')));

for (const { spec, config, stage, file, line, column, exitCode: official } of mistakes) {
  test(`${spec}: a mistake of stage ${stage} in ${file} ${line}:${column}`, async () => {
    const folder = 'test/oracle/errors';
    const argv = ['check', `${folder}/${spec}`, '--config', `${folder}/${config}`, '--quiet'];
    const { exitCode, document } = await json(...argv);
    // Where the official tools have their generic 255, the class of the mistake decides.
    const byStage = stage === 'config' ? 151 : 150;
    expect(exitCode).toBe(official === 255 ? byStage : official);
    expect(document.message).toBeTruthy();
    expect(document.location).toEqual({ file: `${folder}/${file}`, line, column });
    const { err } = await cli(...argv);
    expect(err).toMatch(/^error\[[A-Z]{3}\d{3}\]: /);
    shown.push(err);
  });
}
