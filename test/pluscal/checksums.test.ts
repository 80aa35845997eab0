/**
 * The checksums behind BEGIN TRANSLATION. cbf43926 is the check value that defines CRC-32 (of the
 * digits 1 to 9); 7c28162a is what the official translator writes for every `--fair algorithm`.
 */
import { describe, expect, it } from 'vitest';
import { withChecksums } from '../../src/pluscal/index.js';

const marker = '\\* BEGIN TRANSLATION';
const unfair = (translation: string) => ({ isFair: false, translation });

describe('the first marker', () => {
  it('gets the checksum of the lines, without their breaks', () => {
    const expected = `${marker} (chksum(pcal) \\in STRING /\\ chksum(tla) = "cbf43926")`;
    expect(withChecksums(marker, unfair('123456789'))).toBe(expected);
    expect(withChecksums(marker, unfair('123\n\n456\n789\n'))).toBe(expected);
    expect(withChecksums(marker, unfair('123\r\n456789\r\n'))).toBe(expected);
  });

  it('gets no leading zeros', () => {
    expect(withChecksums(marker, unfair('\n'))).toContain('chksum(tla) = "0"');
  });

  it('counts letters as the bytes of UTF-8', () => {
    // `é` is the bytes c3 a9, which as Latin-1 are the two letters `Ã©`.
    const sum = (text: string) => /tla\) = "(.*)"/.exec(withChecksums(marker, unfair(text)))?.[1];
    expect(sum('é')).not.toBe(sum('e'));
    expect(sum('é')).not.toBe(sum('Ã©'));
  });

  it('gets the constant that stands for every fair algorithm', () => {
    const header = withChecksums(marker, { isFair: true, translation: '123456789' });
    expect(header).toBe(`${marker} (chksum(pcal) = "7c28162a" /\\ chksum(tla) = "cbf43926")`);
  });

  it.each([
    '(chksum(pcal) = "1" /\\ chksum(tla) = "2")',
    '(checksum(PlusCal) = "89abcdef" /\\ checksum(TLA+) = "0")',
    '(chksum(pcal) = "1" /\\ chksum(tla) = "2") (chksum(pcal) = "3" /\\ chksum(tla) = "4")',
  ])('loses those of another text: %s', (old) => {
    const header = `\\** BEGIN TRANSLATION ${old} by hand\r`;
    const checksums = '(chksum(pcal) \\in STRING /\\ chksum(tla) = "cbf43926")';
    expect(withChecksums(header, unfair('123456789'))).toBe(
      `\\** BEGIN TRANSLATION ${checksums} by hand\r`,
    );
  });

  it('stays without comparison where its author has turned that off', () => {
    const header = `${marker} (chksum(pcal) \\in STRING /\\ chksum(tla) \\in STRING)`;
    expect(withChecksums(header, { isFair: true, translation: '123456789' })).toBe(header);
  });
});
