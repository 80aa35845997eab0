------------------------------ MODULE Lending -------------------------------
(* Clients ask for sets of resources: SimpleAllocator by S. Merz, in tlaplus/Examples. *)
CONSTANTS Client, Thing
VARIABLES wanted, held
Free == Thing \ UNION {held[c] : c \in Client}
Some == SUBSET Thing \ {{}}
Init == wanted = [c \in Client |-> {}] /\ held = wanted
Ask(c, some) == /\ wanted[c] \cup held[c] = {}
                /\ wanted' = [wanted EXCEPT ![c] = some] /\ UNCHANGED held
Lend(c, some) == /\ some \subseteq (Free \cap wanted[c])
                 /\ held' = [held EXCEPT ![c] = @ \cup some]
                 /\ wanted' = [wanted EXCEPT ![c] = @ \ some]
Return(c, some) == /\ some \subseteq held[c]
                   /\ held' = [held EXCEPT ![c] = @ \ some] /\ UNCHANGED wanted
Next == \E c \in Client, some \in Some : Ask(c, some) \/ Lend(c, some) \/ Return(c, some)
Spec == Init /\ [][Next]_<<wanted, held>>
Apart == \A c, d \in Client : c = d \/ held[c] \cap held[d] = {}
=============================================================================
