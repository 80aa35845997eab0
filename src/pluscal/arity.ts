/** The words for how many arguments a macro or procedure takes: `1 argument`, `2 arguments`. */
export function countArguments(count: number): string {
  return `${count} argument${count === 1 ? '' : 's'}`;
}
