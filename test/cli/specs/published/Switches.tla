------------------------------ MODULE Switches ------------------------------
(* Prisoners in a room with two switches, one of whom counts: Prisoners in tlaplus/Examples. *)
EXTENDS Naturals, FiniteSets
CONSTANTS Inmate, Teller
VARIABLES up, visits, tally
vars == <<up, visits, tally>>
Others == Inmate \ {Teller}
Init == /\ up \in [{"first", "second"} -> BOOLEAN]
        /\ visits = [i \in Others |-> 0]
        /\ tally = 0
Flip(name) == up' = [up EXCEPT ![name] = ~@]
Visit(i) == /\ IF ~up["first"] /\ visits[i] < 2
                 THEN Flip("first") /\ visits' = [visits EXCEPT ![i] = @ + 1]
                 ELSE Flip("second") /\ UNCHANGED visits
            /\ UNCHANGED tally
Count == /\ IF up["first"] THEN Flip("first") /\ tally' = tally + 1
                           ELSE Flip("second") /\ UNCHANGED tally
         /\ UNCHANGED visits
Next == Count \/ \E i \in Others : Visit(i)
Spec == Init /\ [][Next]_vars
Sure == tally = 2 * Cardinality(Others) => \A i \in Others : visits[i] > 0
Never == [](Sure)
=============================================================================
