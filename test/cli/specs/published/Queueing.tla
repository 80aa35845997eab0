----------------------------- MODULE Queueing -------------------------------
(* Readers and writers who wait in a queue: ReadersWriters by I. DeFrain, in tlaplus/Examples. *)
EXTENDS Naturals, Sequences
CONSTANT Count
VARIABLES inside, line
Person == 1..Count
Kind == {"reads", "writes"}
Waits(kind, p) == \E i \in DOMAIN line : line[i] = [kind |-> kind, who |-> p]
Init == inside = [kind \in Kind |-> {}] /\ line = <<>>
Join(kind, p) == /\ ~Waits(kind, p)
                 /\ line' = Append(line, [kind |-> kind, who |-> p]) /\ UNCHANGED inside
Enter == /\ line # <<>> /\ inside["writes"] = {}
         /\ LET first == Head(line) IN
              /\ first.kind = "writes" => inside["reads"] = {}
              /\ inside' = [inside EXCEPT ![first.kind] = @ \cup {first.who}]
         /\ line' = Tail(line)
Leave == \E p \in inside["reads"] \cup inside["writes"] :
           /\ IF p \in inside["reads"] THEN inside' = [inside EXCEPT !["reads"] = @ \ {p}]
                                       ELSE inside' = [inside EXCEPT !["writes"] = @ \ {p}]
           /\ UNCHANGED line
Next == (\E p \in Person, kind \in Kind : Join(kind, p)) \/ Enter \/ Leave
Spec == Init /\ [][Next]_<<inside, line>>
Safe == inside["writes"] # {} => inside["reads"] = {} /\ \E p \in Person : inside["writes"] = {p}
=============================================================================
