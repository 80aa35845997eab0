-------------------------------- MODULE Gate --------------------------------
\* Counted by hand: four states in a row, in which much can never happen.
EXTENDS Naturals, Sequences

(* --algorithm Gate {
  variables open = FALSE, n = 0, queue = <<>>;
  process (opener = 0) {
    O: open := TRUE;
  }
  process (walker = 1) {
    W: await open;
       either { n := 1; } or { await n > 5; n := 2; };
    X: if (n = 0) {
         L: n := 9;
       };
  }
  process (sleeper = 2) {
    S: await n = 7;
  }
} *)
\* BEGIN TRANSLATION
\* END TRANSLATION

Late == n > 1 => open
Opened == n = 1 => open
Queued == \A i \in DOMAIN queue : queue[i] > 0 => open
Inner == /\ n < 3
         /\ n = 2 => (n = 1 => open)
Constant == 1 = 2 => n = 0
=============================================================================
