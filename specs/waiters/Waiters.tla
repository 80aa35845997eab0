------------------------------ MODULE Waiters ------------------------------
(***************************************************************************)
(* Waiting for PG_writeback, and who is never done with it: fsync, which   *)
(* waits without the page lock, truncate, which waits with it, and the     *)
(* completion that wakes them, on one page that is written to again and    *)
(* again.  Nothing is bounded: behaviors go round in cycles.  Each style   *)
(* constant is one design decision of a kernel; a .cfg is one kernel.      *)
(* README.md in this folder says what a step is, what is left out, what is *)
(* fair, and what comes out.  Numbers such as 2.10 refer to its steps.     *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    WaitInFsync,     \* wait_on_page_writeback in fsync: "recheck" (up to v5.8), "if", "while"
    WaitInTruncate,  \* the same in truncate
    WakeStyle,       \* wake_page_function when the bit is set again: "always" wakes all the same,
                     \*   "only-if-clear" stops the walk
    Fsyncs,          \* the threads that call fsync, once each
    Completions,     \* the contexts that completions run in, one at a time each
    WalkBreak,       \* WAITQUEUE_WALK_BREAK_CNT: 64 in the kernel
    Neighbours       \* waiters for another page that hashes to the same wait queue

ASSUME /\ WaitInFsync \in {"recheck", "if", "while"}
       /\ WaitInTruncate \in {"recheck", "if", "while"}
       /\ WakeStyle \in {"always", "only-if-clear"}
       /\ WalkBreak \in Nat /\ Neighbours \in Nat

Waiters == Fsyncs \union {"T"}

(* --algorithm Waiters {
variables
    \* The page is in a file's cache, and pinned by somebody: it is neither freed nor reused here.
    page = [locked |-> FALSE, dirty |-> TRUE, writeback |-> FALSE, waiters |-> FALSE,
            cached |-> TRUE],
    \* The I/O that PG_writeback stands for: "idle", "set", "submitted", "transferred".
    io = "idle",
    \* The bucket of the wait table: waiters, bookmarks (the name of the completion whose walk goes
    \* on there), and waiters for the other page, whose own wake-up does not come.
    queue = [n \in 1..Neighbours |-> "N"],
    woken = [w \in Waiters |-> FALSE];  \* has been told WQ_FLAG_WOKEN

define {
    \* write(2) and truncate of one file keep each other out (i_rwsem).
    IsTruncating == pc["T"] \notin {"Truncate", "Done"}
    Indexes == 1..Len(queue)
    IsQueued(w) == \E i \in Indexes : queue[i] = w
    Without(w) == SelectSeq(queue, LAMBDA entry : entry # w)

    \* 2.10, waker 2 and 3: one q.lock region of the walk of completion `a`, from its bookmark if it
    \* has left one, else from the head. `last` is the entry that it breaks off after: so many have
    \* been counted, and another one follows; 0 if none does. A walk that finds the bit set stops
    \* at the first waiter for it (WakeStyle "only-if-clear").
    Walk(a) ==
        LET start == IF IsQueued(a) THEN CHOOSE i \in Indexes : queue[i] = a ELSE 0
            counted == {i \in Indexes : i > start /\ queue[i] \notin Completions}
            breaks == {i \in counted : /\ i < Len(queue)
                                       /\ Cardinality({j \in counted : j <= i}) = WalkBreak + 1}
            last == IF breaks = {} THEN 0 ELSE CHOOSE i \in breaks : TRUE
            upTo == IF last = 0 THEN Len(queue) ELSE last
            waiting == {queue[i] : i \in (start + 1)..upTo} \intersect Waiters
            stops == WakeStyle = "only-if-clear" /\ page.writeback /\ waiting # {}
            wakes == IF stops THEN {} ELSE waiting
            left == SelectSeq(SubSeq(queue, 1, upTo), LAMBDA entry : entry \notin wakes \union {a})
            goesOn == last # 0 /\ ~stops
        IN [wakes |-> wakes,
            goesOn |-> goesOn,
            \* key.page_match: an entry for this page was met, now or before the bookmark.
            matches |-> waiting # {} \/ IsQueued(a),
            queue |-> left \o (IF goesOn THEN <<a>> ELSE << >>)
                           \o SubSeq(queue, upTo + 1, Len(queue))]
}

\* 2.3: if PG_waiters is set, the walk for PG_locked wakes nobody, and PG_waiters stays set only if
\* an entry for this page is queued.
macro unlock_page(p) {
    page := [p EXCEPT !.locked = FALSE,
                      !.waiters = p.waiters /\ \E w \in Waiters : IsQueued(w)];
}

\* 2.10, waiter 2: one q.lock region. Since v5.9 the bit is tested inside it; before, a waiter
\* queued itself first and tested afterwards.
macro prepare_to_wait(style, waiter) {
    page.waiters := TRUE;
    if (style = "recheck" \/ page.writeback) {
        if (~IsQueued(waiter)) { queue := Append(queue, waiter); };
        woken[waiter] := FALSE;
    };
}

\* 2.10, finish_wait.
macro finish_wait(waiter) {
    queue := Without(waiter);
    woken[waiter] := FALSE;
}

\* 2.10, waker 2 to 4: the region `walk`, in the end with the clearing of PG_waiters.
macro wake_up_page_bit(walk) {
    woken := [w \in Waiters |-> woken[w] \/ w \in walk.wakes];
    page.waiters := page.waiters /\ (walk.goesOn \/ (walk.matches /\ walk.queue # << >>));
    queue := walk.queue;
}

\* The application: write(2), in one step. Nobody is obliged to write.
process (W = "W")
{
Write:
    while (TRUE) {
        await page.cached /\ ~page.locked /\ ~IsTruncating;
        unlock_page([page EXCEPT !.dirty = TRUE]);
    };
}

\* write_cache_pages, WB_SYNC_NONE (2.5). Nobody is obliged to begin a pass.
fair process (F = "F")
{
LockPage:-  \* the lookup, and 2.5, 1
    while (TRUE) {
        await page.cached /\ page.dirty /\ ~page.locked;
        page.locked := TRUE;
SetWriteback:  \* 2.5, 4 to 6, 2.6 and 2.7; a page under writeback is skipped
        if (~page.writeback) {
            page := [page EXCEPT !.dirty = FALSE, !.writeback = TRUE];
            io := "set";
        };
UnlockPage:
        unlock_page(page);
        if (io # "set") { goto LockPage; };
SubmitBio:  \* 2.8
        io := "submitted";
    };
}

fair process (DMA = "DMA")
{
Transfer:
    while (TRUE) {
        await io = "submitted";
        io := "transferred";
    };
}

\* end_page_writeback (2.9).
fair process (A \in Completions)
{
C2:
    while (TRUE) {
        await io = "transferred";
        io := "idle";
        page.writeback := FALSE;
C5:
        if (~page.waiters) { goto C2; };
C6:  \* to the end of the queue, or to where a bookmark is left and q.lock dropped
        with (walk = Walk(self)) {
            wake_up_page_bit(walk);
            if (~walk.goesOn) { goto C2; };
        };
C6Bookmark:  \* on from the bookmark, over whoever has queued behind it in the meantime
        with (walk = Walk(self)) {
            wake_up_page_bit(walk);
            if (walk.goesOn) { goto C6Bookmark; };
        };
    };
}

\* fsync: __filemap_fdatawait_range (2.11), which waits without the page lock.
fair process (D \in Fsyncs)
{
Fsync:-  \* the lookup of a page under writeback, and the first test
    await page.cached /\ page.writeback;
QueueWaiter:
    prepare_to_wait(WaitInFsync, self);
    if (WaitInFsync = "recheck") { goto OldTestBit; }
    else if (page.writeback) { goto Sleep; }
    else if (WaitInFsync = "while") { goto TestAgain; }
    else { goto Done; };
OldTestBit:
    if (~page.writeback) {
        finish_wait(self);
        goto Done;
    };
Sleep:  \* the return from sleep, with the old kernels' or the loop's test
    await woken[self];
    woken[self] := FALSE;
    if (WaitInFsync = "if" \/ ~page.writeback) { goto Done; }
    else { goto QueueWaiter; };
TestAgain:
    if (page.writeback) { goto QueueWaiter; };
}

\* truncate_inode_pages_range (2.12), pass 2, once: it waits with the page lock.
fair process (T = "T")
{
Truncate:-  \* inode_lock, lookup
    await page.cached;
TruncateLock:  \* T1
    await ~page.locked;
    page.locked := TRUE;
TruncateTest:  \* T2
    if (~page.writeback) { goto TruncateDelete; };
TruncateQueue:
    prepare_to_wait(WaitInTruncate, "T");
    if (WaitInTruncate = "recheck") { goto TruncateOldTestBit; }
    else if (page.writeback) { goto TruncateSleep; }
    else if (WaitInTruncate = "while") { goto TruncateTest; }
    else { goto TruncateDelete; };
TruncateOldTestBit:
    if (~page.writeback) {
        finish_wait("T");
        goto TruncateDelete;
    };
TruncateSleep:
    await woken["T"];
    woken["T"] := FALSE;
    if (WaitInTruncate # "if" /\ page.writeback) { goto TruncateQueue; };
TruncateDelete:  \* T3 to T5; the page does not come back
    unlock_page([page EXCEPT !.cached = FALSE, !.dirty = FALSE]);
}
} *)
\* BEGIN TRANSLATION
\* END TRANSLATION

\* S7, L3: whoever waits for writeback in fsync returns, however often the page is written out.
FsyncReturns == \A d \in Fsyncs : pc[d] = "QueueWaiter" ~> pc[d] = "Done"

\* S8, L4: a completion that has begun to wake waiters comes to an end.
WakerFinishes == \A a \in Completions : pc[a] = "C6" ~> pc[a] = "C2"

\* L1: nobody sleeps on while the bit is clear.
SleepsInVain(w) == pc[w] \in {"Sleep", "TruncateSleep"} /\ ~woken[w] /\ ~page.writeback
NoLostWakeup == \A w \in Waiters : SleepsInVain(w) ~> ~SleepsInVain(w)

\* L1 as an invariant: somebody is on the way who will wake them.
WakeupIsComing ==
    (\E w \in Waiters : SleepsInVain(w)) =>
        \E a \in Completions : \/ pc[a] = "C5" /\ page.waiters
                               \/ pc[a] \in {"C6", "C6Bookmark"}

\* L2: truncate ends, provided that every I/O that the device has done is completed.
IoCompletes == io = "transferred" ~> io = "idle"
TruncateEnds == IoCompletes => (pc["T"] = "TruncateLock" ~> pc["T"] = "Done")
==========================================================================
