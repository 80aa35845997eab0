-------------------------------- MODULE Vote --------------------------------
(* What every commit protocol does, seen from the participants: Gray and Lamport's TCommit. *)
CONSTANT Party
VARIABLE phase
Settled == {"yes", "no"}
Init == phase = [p \in Party |-> "open"]
Becomes(p, next) == phase' = [phase EXCEPT ![p] = next]
MayCommit == \A p \in Party : phase[p] \in {"ready", "yes"}
Step(p) == \/ phase[p] = "open" /\ Becomes(p, "ready")
           \/ phase[p] = "ready" /\ MayCommit /\ Becomes(p, "yes")
           \/ /\ phase[p] \notin Settled
              /\ "yes" \notin {phase[q] : q \in Party}
              /\ Becomes(p, "no")
Next == \E p \in Party : Step(p)
Spec == Init /\ [][Next]_phase
Agreement == ~(Settled \subseteq {phase[p] : p \in Party})
=============================================================================
