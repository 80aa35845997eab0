/** Help, written by hand: what a command does, its options with their values, examples. */
import type { Palette } from '../report/palette.js';

export const programHelp = `
Usage:
  counterplay COMMAND [ARGUMENTS] [OPTIONS]

Explores every interleaving of a PlusCal or TLA+ specification, keeps what it
found as a graph, and plays each counterexample, step by step, on a driver of
the real thing until the bug is confirmed or the path is refuted.

Commands:
  check SPEC              Explore all states and check what the .cfg names
  graph SPEC              Write the state graph or the counterexample graph
  replay SPEC|TRACE       Play counterexamples on a driver
  hunt [FOLDER|SPEC...]   Check and replay every configuration; print one table
  simulate SPEC           Random behaviors, where states are too many
  translate SPEC          PlusCal to TLA+
  eval EXPRESSION         Print one value

  counterplay COMMAND --help says more about each.

Options of every command that explores:
  --config CFG            The configuration (default: SPEC with .cfg)
  --every-property        Do not stop at the first violation
  --no-deadlock           A state without successors is no error
  --max-states N          Stop at N distinct states
  --max-memory SIZE       Stop at this much memory, such as 512M or 4G
                          (default: three quarters of the machine's)
  --json                  One JSON document on standard output
  --quiet                 No warnings, no progress

Examples:
  # The main job: which kernels lose data, and the bytes that show it
  counterplay hunt specs/writeback

  # One kernel: every property, each with its shortest counterexample
  counterplay check specs/writeback/Writeback.tla \\
    --config specs/writeback/base.cfg --every-property

  # The same counterexamples on another kernel build
  counterplay replay specs/writeback/Writeback.tla \\
    --config specs/writeback/base.cfg --build b+e

Exit codes:
  0 nothing violated   10 assumption   11 deadlock   12 invariant
  13 property          14 assertion    20 replay not confirmed
  75-77 evaluation     150 spec        151 configuration
  152 limit            130 interrupted 2 wrong usage
  1 no such state, of check --witness
`;

const exploring = `
Options:
  --config CFG            The configuration (default: SPEC with .cfg)
  --no-deadlock           A state without successors is no error
  --max-states N          Stop at N distinct states
  --max-memory SIZE       Stop at this much memory, such as 512M or 4G
                          (default: three quarters of the machine's)
  --workers N|auto        Threads that search (default: auto); auto: as many as
                          the machine has processors, at most 8, once a search
                          has taken 5 seconds. The result is always the same
  --seed N                What RandomElement draws; the same seed, the same run
  --pluscal OPTIONS       Options of the PlusCal translator: "-wf -termination"
  --path DIR              Look for modules here, too; may be repeated
  --quiet                 No warnings, no progress
  --json                  One JSON document on standard output
  --progress              Show progress even if standard error is no terminal`;

export const commandHelp: Readonly<Record<string, string>> = {
  check: `
Usage:
  counterplay check SPEC [--config CFG] [OPTIONS]

Explores all states and checks the invariants, the assertions, the assumptions
and for deadlock. Prints the verdict and a shortest counterexample.
${exploring}
  --every-property        Do not stop at the first violation: explore everything
                          and give each property its shortest counterexample
  --por                   Partial-order reduction: where steps of one process
                          touch nothing that others may, and no invariant sees
                          them, take these alone. The same violations with fewer
                          states; a counterexample need not be a shortest one.
                          Not with VIEW, SYMMETRY, ACTION_CONSTRAINT,
                          POSTCONDITION or a PROPERTY about steps or behaviors:
                          then a warning says so, and all states are explored
  --witness EXPRESSION    Look for a state where this is true: show a shortest
                          behavior that reaches it, or say that there is none.
                          Nothing is checked then. May be given several times
  --coverage              Count the steps and new states of every label, and how
                          often each guard was true and false (with one worker)
  --coverage-out FILE     Write that as an lcov tracefile, which editors show
  --trace FILE            Write the counterexample; .itf.json writes ITF
  --checkpoint FILE       Write here, now and then, all that is needed to go on;
                          also at Ctrl-C, and where a limit is reached
  --checkpoint-every N    So many seconds apart (default: 300)
  --resume FILE           Go on from a checkpoint, with the same specification,
                          configuration and options; limits may differ

Examples:
  # Check Queue.tla with Queue.cfg
  counterplay check Queue.tla

  # Keep the counterexample, and play it on a driver later
  counterplay check Queue.tla --trace Queue.trace.json

  # Can both be in the critical section?
  counterplay check Lock.tla --witness 'pc[1] = "cs" /\\ pc[2] = "cs"'

  # A long run that leaves all processors but one to others
  counterplay check Queue.tla --workers 1

  # A long run, and the same run after the machine was needed for something else
  counterplay check Queue.tla --checkpoint queue.run
  counterplay check Queue.tla --checkpoint queue.run --resume queue.run

Where all states were explored, labels that were never reached or never taken
are named, and invariants A => B that hold only because A is never true.

With --witness: exit code 0 where all are found, 1 where there is none for one.

A PROPERTY may be any formula of [], <>, ~>, WF, SF and boolean operators, with
\\A and \\E over constant sets, and Abs!Spec of an INSTANCE. Fairness is that of
SPECIFICATION; without it a behavior may stop anywhere. What is about initial
states and steps is checked in the search, the rest on all states after it. A
counterexample is a lasso: a prefix, a cycle, and why the cycle is fair.
SYMMETRY and VIEW are not used in such a run. Exit code 13.
`,
  graph: `
Usage:
  counterplay graph SPEC --out FILE [--counterexamples shortest|all|N]

Writes the state graph. With --counterexamples only the states and edges that
lie on violating paths: all shortest ones, all, or the first N shortest.
${exploring}
  --out FILE              The file to write: .dot or .json
  --format dot|json       The format, where the extension does not say it
  --counterexamples WHICH shortest, all, or a number of paths
  --property NAME         The counterexamples of this property (default: the
                          one whose counterexample is shortest)
  --max-graph-states N    Of more states, draw the counterexamples only, and say
                          so; refuse where there is none (default 300000)

Examples:
  # Every reachable state, for Graphviz
  counterplay graph Queue.tla --out Queue.dot

  # Every shortest way to lose data, on the kernel before the fixes
  counterplay graph specs/writeback/Writeback.tla --out base.dot \\
    --config specs/writeback/base.cfg --counterexamples shortest
`,
  replay: `
Usage:
  counterplay replay SPEC [--config CFG] [OPTIONS]
  counterplay replay TRACE [--config CFG] [OPTIONS]

Plays the shortest counterexample of every violated property, or one trace
(.json, ITF too), on a driver: takes each step, compares the states, and says
what the implementation's own detectors saw.
${exploring}
  --property NAME         Only the counterexample of this property
  --driver NAME|FILE      A driver that ships, or a .js, .mjs or .ts file
  --exec "COMMAND"        A program that speaks the driver protocol
  --build NAME            The kernel build (default: the configuration's name)
  --driver-timeout N      Seconds that a driver may think about one request
                          (default: 30)
  --steps                 Show the whole trace with the replay beside it

Examples:
  # Confirm what check found on the driver that ships for this spec
  counterplay replay specs/writeback/Writeback.tla \\
    --config specs/writeback/b.cfg

  # Play the bug of one kernel on another: where does the fix bite?
  counterplay replay specs/writeback/Writeback.tla \\
    --config specs/writeback/base.cfg --build b+e

Verdicts:
  confirmed            the detector that stands for the property fired
  confirmed otherwise  another detector fired
  unobserved           every step matched and nothing fired
  diverged, blocked    the states differ, or the step is impossible
  unmapped, flaky      the driver lacks a label, or a repetition disagreed

Exit code 0 if every replay is confirmed, 20 if not.
`,
  hunt: `
Usage:
  counterplay hunt [FOLDER|SPEC...] [OPTIONS]

The main job. For every configuration: check every property, replay every
counterexample, write its graph. Prints one table, and the evidence of one
corrupted block in full, and of a starving waiter. Without a folder: all specs
that ship, specs/writeback and specs/waiters.
${exploring}
  --out DIR               Where graphs and traces go (default: out)
  --report FILE           Write the same as an HTML page
  --build NAME            One kernel build for all (default: each
                          configuration's own name)
  --por                   Partial-order reduction, as for check; a number is
                          then not the length of a shortest counterexample

Examples:
  # Which kernels lose data?
  counterplay hunt specs/writeback

  # The same for scripts
  counterplay hunt specs/writeback --json

Exit code 0 if every verdict and replay is as the folder's expected.json says,
or, where there is none, if nothing is violated; 12 otherwise.
`,
  simulate: `
Usage:
  counterplay simulate SPEC [--config CFG] [OPTIONS]

Random behaviors: for specifications with too many states to explore them all.
Checks invariants, what properties say of initial states and of steps,
assertions and for deadlock, in all successors of the states that a behavior
goes through. Shows the first behavior that violates something, and the command
that makes it again. What is not found may still be there, and properties of
whole behaviors (<>, ~>) are not checked: check does both.

Options:
  --seed N                Which behaviors; the same seed gives the same ones on
                          every machine (default: another one each time; it is
                          always printed)
  --behaviors N           How many (default: 10000); 0: until Ctrl-C
  --behavior N            Only the behavior of this number
  --depth N               States of a behavior at most (default: 100)
  --uniform OVER          What is equally likely: processes, actions (default; a
                          label of one process), or steps
  --config CFG            The configuration (default: SPEC with .cfg)
  --trace FILE            Write the counterexample; .itf.json writes ITF
  --coverage              Count the steps of every label that were generated,
                          and how often each guard was true and false
  --coverage-out FILE     Write that as an lcov tracefile, which editors show
  --every-property        Do not stop at the first violation: one behavior for
                          each property
  --no-deadlock           A state without successors is no error
  --max-memory SIZE       Stop at this much memory, such as 512M or 4G
  --pluscal OPTIONS       Options of the PlusCal translator: "-wf -termination"
  --path DIR              Look for modules here, too; may be repeated
  --quiet                 No warnings, no progress
  --json                  One JSON document on standard output
  --progress              Show progress even if standard error is no terminal

Examples:
  # A few seconds of random behaviors
  counterplay simulate Queue.tla

  # All night, longer behaviors; Ctrl-C prints the summary
  counterplay simulate Queue.tla --behaviors 0 --depth 1000

  # The behavior that failed, again
  counterplay simulate Queue.tla --seed 4711 --behavior 137

Exit codes are those of check; 0 says only that nothing was found.
`,
  translate: `
Usage:
  counterplay translate SPEC [--out FILE | --write]

Prints the module with its PlusCal algorithm translated to TLA+ between the
translation markers. It is what check checks, and TLC accepts it.

Options:
  --out FILE              Write the module to this file
  --write                 Write it back to SPEC
  --pluscal OPTIONS       Options of the PlusCal translator: "-wf -termination"
  --json                  One JSON document on standard output
  --quiet                 No warnings

Examples:
  # Look at the translation
  counterplay translate Queue.tla

  # Keep it in the file, as the official tools do
  counterplay translate Queue.tla --write
`,
  eval: `
Usage:
  counterplay eval EXPRESSION [--spec SPEC] [--config CFG]

Prints one value as TLC prints it. Without a spec, Integers, Sequences,
FiniteSets, Bags and TLC are in scope.

Options:
  --spec SPEC             Also the constant definitions of this module
  --config CFG            The values of its constants (default: SPEC with .cfg)
  --seed N                What RandomElement draws
  --path DIR              Look for modules here, too; may be repeated
  --json                  One JSON document on standard output

Examples:
  counterplay eval "{x \\in 1..10 : x % 3 = 0}"
  counterplay eval "Cardinality(SUBSET (1..4))"

  # An expression that begins with a dash
  counterplay eval -- "-7 \\div 2"

Exit code 75 on an evaluation error, 150 if it does not parse.
`,
};

/** Headings strong, comments in the examples dim; the text is the same without colours. */
export function paintHelp(text: string, paint: Palette): string {
  return text
    .split('\n')
    .map((line) => {
      if (/^[A-Z][\w ]*:$/.test(line)) return paint.strong(line);
      return /^ +# /.test(line) ? paint.dim(line) : line;
    })
    .join('\n');
}
