------------------------------ MODULE Ticket ------------------------------
\* Two processes take a number; taking it is not atomic, so both can hold the same one.
EXTENDS Naturals

CONSTANTS Atomic

(* --algorithm Ticket {
  variables next = 0, mine = [p \in {"A", "B"} |-> 0], taken = {};
  process (taker \in {"A", "B"})
    variables seen = 0;
  {
    read: seen := next;
          if (Atomic) {
            next := next + 1;
            goto keep;
          };
    write: next := seen + 1;
    keep:  with (bonus \in {0, 1}) {
             mine[self] := seen + 1;
             taken := taken \cup {self};
           };
  }
} *)
\* BEGIN TRANSLATION
\* END TRANSLATION

Different == taken = {"A", "B"} => mine["A"] # mine["B"]
Bounded == next <= 2
Finishes == <>(taken = {"A", "B"})
===========================================================================
