------------------------------- MODULE Beans --------------------------------
(* Gries's coffee can; the count is that of CoffeeCan100Beans in tlaplus/Examples. *)
EXTENDS Naturals
CONSTANT Most
VARIABLES dark, light
Total == dark + light
Init == dark \in 0..Most /\ light \in 0..Most /\ Total \in 1..Most
TwoDark == dark > 1 /\ dark' = dark - 1 /\ UNCHANGED light
TwoLight == light > 1 /\ light' = light - 2 /\ dark' = dark + 1
OneOfEach == dark > 0 /\ light > 0 /\ dark' = dark - 1 /\ UNCHANGED light
Over == Total = 1 /\ UNCHANGED <<dark, light>>
Next == TwoDark \/ TwoLight \/ OneOfEach \/ Over
Spec == Init /\ [][Next]_<<dark, light>>
Parity == [][light % 2 = light' % 2]_<<dark, light>>
Fewer == [][dark' + light' < Total]_<<dark, light>>
=============================================================================
