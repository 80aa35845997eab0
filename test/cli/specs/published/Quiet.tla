------------------------------- MODULE Quiet --------------------------------
(* Termination detection, seen from outside: AsyncTerminationDetection in tlaplus/Examples. *)
EXTENDS Naturals
CONSTANT N
VARIABLES busy, mail, known
Node == 0..N-1
IsQuiet == \A n \in Node : ~busy[n] /\ mail[n] = 0
Init == /\ busy \in [Node -> BOOLEAN] /\ mail = [n \in Node |-> 0]
        /\ known \in {FALSE, IsQuiet}
Rest(n) == /\ busy[n] /\ busy' = [busy EXCEPT ![n] = FALSE] /\ UNCHANGED mail
           /\ known' \in {known, IsQuiet'}
Send(n) == /\ busy[n] /\ \E m \in Node : mail' = [mail EXCEPT ![m] = @ + 1]
           /\ UNCHANGED <<busy, known>>
Receive(n) == /\ mail[n] > 0 /\ mail' = [mail EXCEPT ![n] = @ - 1]
              /\ busy' = [busy EXCEPT ![n] = TRUE] /\ UNCHANGED known
Detect == IsQuiet /\ known' = TRUE /\ UNCHANGED <<busy, mail>>
Next == Detect \/ \E n \in Node : Rest(n) \/ Send(n) \/ Receive(n)
Spec == Init /\ [][Next]_<<busy, mail, known>>
Bound == \A n \in Node : mail[n] <= 3
Right == known => IsQuiet
=============================================================================
