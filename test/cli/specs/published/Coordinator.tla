---------------------------- MODULE Coordinator -----------------------------
(* Two-phase commit: the count is that of TwoPhase in tlaplus/Examples, with three parties. *)
CONSTANT Party
VARIABLES phase, decided, heard, sent
vars == <<phase, decided, heard, sent>>
Ready(p) == [kind |-> "ready", by |-> p]
Verdict(kind) == [kind |-> kind]
Message == {Ready(p) : p \in Party} \union [kind : {"commit", "abort"}]
Types == /\ phase \in [Party -> {"open", "ready", "yes", "no"}]
         /\ decided \in BOOLEAN
         /\ heard \in SUBSET Party
         /\ sent \in SUBSET Message
Init == /\ phase = [p \in Party |-> "open"]
        /\ decided = FALSE /\ heard = {} /\ sent = {}
Becomes(p, next) == phase' = [phase EXCEPT ![p] = next]
Tell(message) == sent' = sent \union {message}
Prepare(p) == phase[p] = "open" /\ Becomes(p, "ready") /\ Tell(Ready(p)) /\ UNCHANGED <<decided, heard>>
GiveUp(p) == phase[p] = "open" /\ Becomes(p, "no") /\ UNCHANGED <<decided, heard, sent>>
Hear(p) == /\ ~decided /\ Ready(p) \in sent
           /\ heard' = heard \union {p} /\ UNCHANGED <<phase, decided, sent>>
Decide(kind) == ~decided /\ decided' = TRUE /\ Tell(Verdict(kind)) /\ UNCHANGED <<phase, heard>>
Obey(p) == /\ \/ Verdict("commit") \in sent /\ Becomes(p, "yes")
              \/ Verdict("abort") \in sent /\ Becomes(p, "no")
           /\ UNCHANGED <<decided, heard, sent>>
Next == \/ heard = Party /\ Decide("commit")
        \/ Decide("abort")
        \/ \E p \in Party : Prepare(p) \/ GiveUp(p) \/ Hear(p) \/ Obey(p)
Spec == Init /\ [][Next]_vars
Abstract == INSTANCE Vote
Agreement == Abstract!Agreement
Implements == Abstract!Spec
=============================================================================
