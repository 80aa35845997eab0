-------------------------------- MODULE Jugs --------------------------------
(* Two jugs of 3 and 5 gallons; the count is that of DieHard in tlaplus/Examples. *)
EXTENDS Naturals
VARIABLE jug
Size == [small |-> 3, large |-> 5]
Set(name, to) == jug' = [jug EXCEPT ![name] = to]
Pour(from, to) ==
  LET room == Size[to] - jug[to]
      amount == IF jug[from] < room THEN jug[from] ELSE room
  IN  jug' = [jug EXCEPT ![from] = @ - amount, ![to] = @ + amount]
Init == jug = [name \in DOMAIN Size |-> 0]
Next == \/ \E name \in DOMAIN Size : Set(name, 0) \/ Set(name, Size[name])
        \/ Pour("small", "large")
        \/ Pour("large", "small")
Spec == Init /\ [][Next]_jug
Fits == \A name \in DOMAIN jug : jug[name] \in 0..Size[name]
=============================================================================
