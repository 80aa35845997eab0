---------------------------- MODULE Writeback ----------------------------
(***************************************************************************)
(* One physical page of the Linux page cache between dirtying, writeback,  *)
(* truncation and reuse: who may free it, who waits for whom, and what the *)
(* device reads when.  Each style constant is one design decision of the   *)
(* kernels and fixes that were proposed from 2020 on; a .cfg is one kernel.*)
(* README.md in this folder says what is modelled, what is left out, and   *)
(* what comes out.  Numbers such as 2.5 refer to its list of steps.        *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    WaitInWriteback,  \* wait_on_page_writeback in the write loop: "recheck" (up to v5.8), "if",
                      \*   "while"
    WaitInTruncate,   \* the same in truncate
    RefStyle,         \* what pins the page for its completion:
                      \*   "none", "around-completion", "set-to-end"
    WakeStyle,        \* wake_page_function when the bit is set again: "always" wakes all the same,
                      \*   "only-if-clear" stops the walk
    ClearStyle,       \* "two-step": C2 clears, C5 reads PG_waiters;
                      \*   "clear-returns-waiters": C2 does both; "atomic-clear-wake": C2 wakes, too
    PrivateStyle,     \* what the filesystem keeps in page->private: "none", "iomap" (a page has
                      \*   several blocks), "buffers-bio", "buffers-locked" (BH_Lock during I/O)
    Allocations,      \* how often the page is allocated at the most
    Redirties,        \* how often a cached page is written to again at the most
    FlusherPasses,    \* WB_SYNC_NONE passes of F
    IntegrityPasses,  \* WB_SYNC_ALL passes of B
    Truncations       \* truncations by T

ASSUME /\ WaitInWriteback \in {"recheck", "if", "while"}
       /\ WaitInTruncate \in {"recheck", "if", "while"}
       /\ RefStyle \in {"none", "around-completion", "set-to-end"}
       /\ WakeStyle \in {"always", "only-if-clear"}
       /\ ClearStyle \in {"two-step", "clear-returns-waiters", "atomic-clear-wake"}
       /\ PrivateStyle \in {"none", "iomap", "buffers-bio", "buffers-locked"}

\* The n-th allocation of the page is for file n, index 0, whose block on disk is n.
\* File 0 and I/O 0 are nobody's.
Files == 1..Allocations

\* Every pass starts at the most one I/O. I/O n is ended by the completion that Names[n] names.
Ios == 1..(FlusherPasses + IntegrityPasses)
Names == <<"A1", "A2", "A3", "A4", "A5", "A6">>
ASSUME FlusherPasses + IntegrityPasses \in 1..Len(Names)
Completions == {Names[n] : n \in Ios}
IoOf(a) == CHOOSE n \in Ios : Names[n] = a

Waiters == {"B", "T"}

(* --algorithm Writeback {
variables
    \* struct page, with its incarnation and whose bytes the frame holds
    page = [ref |-> 0, locked |-> FALSE, dirty |-> FALSE, writeback |-> FALSE, waiters |-> FALSE,
            private |-> FALSE, mapping |-> 0, inc |-> 0, content |-> 0],
    free = TRUE,  \* the page is on the allocator's list
    pending = 0,  \* write_bytes_pending of the page's iomap_page, in pages; 0 where there is none
    \* the marks of the cached page in i_pages
    marks = [dirty |-> FALSE, towrite |-> FALSE],
    \* the wait-queue entries for (page, PG_writeback), and who has been told WQ_FLAG_WOKEN
    queue = << >>,
    woken = [w \in Waiters |-> FALSE],
    \* each I/O: how far it has come, for which file and incarnation it was started
    io = [k \in Ios |-> [stage |-> "idle", file |-> 0, inc |-> 0]],
    \* whose bytes are on each file's block; whose truncate has returned, the block freed
    disk = [f \in Files |-> 0],
    truncated = [f \in Files |-> FALSE],
    \* i_rwsem: write(2) and truncate of one file keep each other out; writeback does not take it
    inodeLocked = [f \in Files |-> FALSE],
    redirties = 0,
    \* Ghosts: they tell the scenarios apart and guard nothing.
    wokenBy = [w \in Waiters |-> 0],  \* the I/O whose completion woke the waiter last
    exposed = [k \in Ios |-> "none"], \* truncate deleted the page under this I/O: "same", "cross"
    bugOn = "none",                   \* BUG_ON(PageWriteback) after a wait: "same", "cross"
    wrongData = "none",               \* another owner's bytes on disk: "same", "cross", "other"
    freedUnderWriteback = FALSE,      \* the last put found PG_writeback set
    lateWrite = FALSE;                \* a block was written after its truncate had returned

define {
    IsCached == page.mapping # 0
    LatestIo == Cardinality({k \in Ios : io[k].stage # "idle"})
    IsQueued(w) == \E i \in 1..Len(queue) : queue[i] = w
    Without(w) == SelectSeq(queue, LAMBDA q : q # w)
    \* Whether the waiter was woken by a writeback of this incarnation or of an earlier one.
    WakeKind(w) == IF wokenBy[w] # 0 /\ io[wokenBy[w]].inc = page.inc THEN "same" ELSE "cross"
    \* BH_Lock: from before PG_writeback is set until the completion begins, which unlocks first.
    BufferLocked == /\ PrivateStyle = "buffers-locked"
                    /\ \E k \in Ios : /\ io[k].inc = page.inc /\ io[k].stage # "idle"
                                     /\ pc[Names[k]] = "C1"
    \* Whether invalidatepage lets go of page->private: not of buffers of a page under writeback.
    ReleasesPrivate == page.private /\ (PrivateStyle = "iomap" \/ ~page.writeback)
    \* 2.14: the last put frees, and without CONFIG_DEBUG_VM wipes the flags in silence.
    AfterPut(p) == IF p.ref = 1
                     THEN [p EXCEPT !.ref = 0, !.locked = FALSE, !.dirty = FALSE,
                                    !.writeback = FALSE, !.waiters = FALSE, !.private = FALSE]
                     ELSE [p EXCEPT !.ref = p.ref - 1]
    \* 2.10, the walk over the waiters for PG_writeback: is anybody woken, and is PG_waiters kept?
    WakesWaiters(p) == queue # << >> /\ (WakeStyle = "always" \/ ~p.writeback)
    AfterWake(p) == [p EXCEPT !.waiters = queue # << >> /\ ~WakesWaiters(p)]
}

macro get_page() { page.ref := page.ref + 1; }

macro put_page() {
    freedUnderWriteback := freedUnderWriteback \/ (page.ref = 1 /\ page.writeback);
    free := free \/ page.ref = 1;
    page := AfterPut(page);
}

\* 2.2: load the slot, pin the page, compare the slot again: in effect one step.
macro find_get_page(m) {
    m := page.mapping;
    get_page();
}

macro inode_lock(f) {
    await ~inodeLocked[f];
    inodeLocked[f] := TRUE;
}

macro inode_unlock(f) { inodeLocked[f] := FALSE; }

macro lock_page() {
    await ~page.locked;
    page.locked := TRUE;
}

\* 2.3: if PG_waiters is set, the walk for PG_locked matches no entry, and PG_waiters stays set
\* only if somebody is queued for this page.
macro unlock_page() {
    page := [page EXCEPT !.locked = FALSE, !.waiters = page.waiters /\ queue # << >>];
}

\* 2.10, waiter 2: one q.lock region. Since v5.9 the bit is tested inside it; before, a waiter
\* queued itself first and tested afterwards.
macro prepare_to_wait(style, waiter) {
    page.waiters := TRUE;
    if (style = "recheck" \/ page.writeback) {
        if (~IsQueued(waiter)) { queue := Append(queue, waiter); };
        woken[waiter] := FALSE;
        wokenBy[waiter] := 0;
    };
}

\* 2.10, finish_wait.
macro finish_wait(waiter) {
    queue := Without(waiter);
    woken[waiter] := FALSE;
}

\* 2.10, waker 2 to 4, in one q.lock region; `p` is the page as the walk sees it.
macro wake_up_page_bit(p) {
    if (WakesWaiters(p)) {
        woken := [w \in Waiters |-> woken[w] \/ IsQueued(w)];
        wokenBy := [w \in Waiters |-> IF IsQueued(w) THEN IoOf(self) ELSE wokenBy[w]];
        queue := << >>;
    };
    page := AfterWake(p);
}

\* The application. It writes to the next file, which allocates the page, or again to the cached
\* one. A new page is locked from before anybody can find it until it is dirty, so that nobody but
\* the device and a late completion can see the steps of 2.1: they are one here.
fair process (W = "W")
    variable wTarget = 0;
{
Write:
    while (TRUE) {
        either {
            await free /\ page.inc < Allocations;
            free := FALSE;
            page := [page EXCEPT !.ref = IF PrivateStyle = "none" THEN 1 ELSE 2,
                                 !.private = PrivateStyle # "none", !.dirty = TRUE,
                                 !.inc = page.inc + 1, !.mapping = page.inc + 1,
                                 !.content = page.inc + 1];
            marks.dirty := TRUE;
            goto Write;
        } or {
            await IsCached /\ redirties < Redirties;
            redirties := redirties + 1;
            inode_lock(page.mapping);
            find_get_page(wTarget);
        };
WriteLock:
        lock_page();
WriteBytes:  \* the mapping check of 2.2, the copy, and 2.4
        if (page.mapping = wTarget) {
            page := [page EXCEPT !.content = wTarget, !.dirty = TRUE];
            marks.dirty := TRUE;
        };
WriteUnlock:
        unlock_page();
WritePut:
        put_page();
        inode_unlock(wTarget);
        wTarget := 0;
    };
}

\* write_cache_pages (2.5): F flushes (WB_SYNC_NONE), B syncs (WB_SYNC_ALL).
fair process (writer \in {"F", "B"})
    variables passes = IF self = "F" THEN FlusherPasses ELSE IntegrityPasses,
              target = 0, started = 0;
{
NextPass:
    while (TRUE) {
        await passes > 0 /\ IsCached /\ marks.dirty;
        passes := passes - 1;
        if (self = "F") {
            find_get_page(target);
            goto LockPage;
        } else {  \* tag_pages_for_writeback
            marks.towrite := TRUE;
        };
Lookup:
        if (marks.towrite) { find_get_page(target); } else { goto NextPass; };
LockPage:  \* 2.5, 1
        lock_page();
CheckPage:  \* 2.5, 2 to 4: under the page lock, 2 and 3 commute with everybody else's steps
        if (page.mapping # target \/ ~page.dirty) { goto UnlockPage; }
        else if (~page.writeback) { goto ClearDirty; }
        else if (self = "F") { goto UnlockPage; };
QueueWaiter:
        prepare_to_wait(WaitInWriteback, self);
        if (WaitInWriteback = "recheck") { goto OldTestBit; }
        else if (page.writeback) { goto Sleep; }
        else if (WaitInWriteback = "while") { goto TestAgain; }
        else { goto ClearDirty; };
OldTestBit:
        if (~page.writeback) {
            finish_wait(self);
            goto ClearDirty;
        };
Sleep:
        await woken[self];
        woken[self] := FALSE;
        if (WaitInWriteback = "if") { goto ClearDirty; };
TestAgain:
        if (page.writeback) { goto QueueWaiter; };
ClearDirty:  \* 2.5, 5 and 6: BUG_ON(PageWriteback); clear_page_dirty_for_io, which leaves the mark
        if (page.writeback) {
            bugOn := WakeKind(self);
            goto Done;
        } else {
            page.dirty := FALSE;
        };
SetWriteback:  \* 2.6 up to 2.7, one i_pages region
        if (PrivateStyle = "iomap") { pending := pending + 1; };
        started := LatestIo + 1;
        io[started] := [stage |-> "set", file |-> target, inc |-> page.inc];
        marks := [dirty |-> marks.dirty /\ page.dirty, towrite |-> FALSE];
        page := [page EXCEPT !.writeback = TRUE,
                             !.ref = IF RefStyle = "set-to-end" THEN page.ref + 1 ELSE page.ref];
        if (PrivateStyle = "buffers-locked") { goto SubmitBio; };
UnlockPage:
        unlock_page();
        if (started = 0 \/ PrivateStyle = "buffers-locked") { goto PutPage; };
SubmitBio:  \* 2.8: the bio takes no reference
        io[started].stage := "submitted";
        if (PrivateStyle = "buffers-locked") { goto UnlockPage; };
PutPage:
        put_page();
        target := 0;
        started := 0;
    };
}

\* The device reads the frame when it pleases, at any time after submission.
fair process (DMA = "DMA")
{
Transfer:
    while (TRUE) {
        with (k \in {j \in Ios : io[j].stage = "submitted"}) {
            disk[io[k].file] := page.content;
            if (page.content # io[k].file) {
                wrongData := IF exposed[k] = "none" THEN "other" ELSE exposed[k];
            };
            lateWrite := lateWrite \/ truncated[io[k].file];
            io[k].stage := "transferred";
        };
    };
}

\* end_page_writeback (2.9), one completion for each I/O.
fair process (A \in Completions)
{
C1:  \* an iomap_page, be it whose it may, is asked whether this was the last I/O of the page
    await io[IoOf(self)].stage = "transferred";
    if (PrivateStyle = "iomap" /\ page.private) { pending := pending - 1; };
    if (pending # 0) { goto Done; }
    else if (RefStyle = "around-completion") { get_page(); };
C2:
    if (~page.writeback) { goto Done; }  \* C3: BUG(), this context is dead
    else if (ClearStyle = "atomic-clear-wake") {
        wake_up_page_bit([page EXCEPT !.writeback = FALSE]);
        if (RefStyle = "none") { goto Done; } else { goto CompletionPut; };
    } else {
        page.writeback := FALSE;
        if (ClearStyle = "two-step") { goto C5; }
        else if (page.waiters) { goto C6; }
        else if (RefStyle = "none") { goto Done; }
        else { goto CompletionPut; };
    };
C5:
    if (~page.waiters) {
        if (RefStyle = "none") { goto Done; } else { goto CompletionPut; };
    };
C6:
    wake_up_page_bit(page);
    if (RefStyle = "none") { goto Done; };
CompletionPut:
    put_page();
}

\* truncate_inode_pages_range (2.12), pass 2.
fair process (T = "T")
    variables truncations = Truncations, tTarget = 0;
{
TruncateLookup:
    while (TRUE) {
        await truncations > 0 /\ IsCached;
        truncations := truncations - 1;
        inode_lock(page.mapping);
        find_get_page(tTarget);
TruncateLock:  \* T1
        lock_page();
TruncateTest:  \* T2; after a wake also the old kernels' and the loop's test
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
        if (WaitInTruncate # "if") { goto TruncateTest; };
TruncateDelete:  \* T3
        if (page.mapping = tTarget) {
            await ~BufferLocked;  \* discard_buffer
            if (page.writeback) { exposed[LatestIo] := WakeKind("T"); };
            if (ReleasesPrivate) { pending := 0; };
            page := [page EXCEPT !.mapping = 0, !.dirty = FALSE,
                                 !.private = page.private /\ ~ReleasesPrivate,
                                 !.ref = page.ref - (IF ReleasesPrivate THEN 2 ELSE 1)];
            marks := [dirty |-> FALSE, towrite |-> FALSE];
        };
TruncateUnlock:  \* T4
        unlock_page();
TruncatePut:  \* T5, and the return to the filesystem, which frees the block
        put_page();
        truncated[tTarget] := TRUE;
        inode_unlock(tTarget);
        tTarget := 0;
    };
}
} *)
\* BEGIN TRANSLATION
\* END TRANSLATION

\* S1: BUG_ON(PageWriteback) by a wake that belongs to an earlier incarnation of the page.
NoBugOnAfterReuse == bugOn # "cross"

\* S2: the same by a wake of an earlier writeback of the same incarnation.
NoBugOnSamePage == bugOn # "same"

\* S3: after a wake from an earlier incarnation, truncate freed the page under its DMA,
\* and the bytes of its next owner went to the old block.
NoForeignBytesAfterReuse == wrongData # "cross"

\* S3': the same by a wake of an earlier writeback of the same incarnation.
NoForeignBytesSamePage == wrongData # "same"

\* S4: no block is written after the truncate that freed it has returned.
NoWriteAfterTruncate == ~lateWrite

\* P4: the last reference is never dropped under PG_writeback.
NoFreeUnderWriteback == ~freedUnderWriteback
==========================================================================
