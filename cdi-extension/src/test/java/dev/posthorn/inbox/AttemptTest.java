package dev.posthorn.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.EventNotHandledException;
import dev.posthorn.inbox.Attempt.Result;
import dev.posthorn.spi.ContentionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AttemptTest {

    private static final Exception FAILURE = new Exception("the handler's");

    /** What has happened, in order. */
    private final List<String> events = new ArrayList<>();

    private boolean enters = true;
    private int contentions;
    private boolean storeIsAway;
    private @Nullable Error storeError;
    private boolean commitFails;
    private boolean isMarkedForRollback;

    private final Attempt attempt = new Attempt(new SampleTransaction(), Duration.ofSeconds(1), new Attempt.Fence() {
        @Override
        public boolean enter() {
            if (contentions-- > 0) {
                throw new ContentionException("contention", FAILURE);
            }
            if (storeIsAway) {
                throw new IllegalStateException("away");
            }
            if (storeError != null) {
                throw storeError;
            }
            events.add("enter");
            return enters;
        }

        @Override
        public void leave() {
            events.add("leave");
        }
    });

    @BeforeAll
    static void silenceTheLog() {
        InboxSimulation.silenceTheLog();
    }

    @Test
    void handlersWorkBetweenTheFences() {
        assertEquals(Result.DONE, attempt.perform(boundary -> boundary.around(this::handle)));
        assertEquals(List.of("begin", "enter", "handle", "leave", "commit"), events);
    }

    @Test
    void whatTheStoreDoesNotAdmitIsDoneWithoutHandlers() {
        enters = false;
        assertEquals(Result.DONE, attempt.perform(boundary -> boundary.around(this::handle)));
        assertEquals(List.of("begin", "enter", "commit"), events);
    }

    /** Neither its success nor a failure, and not theirs to change. */
    @Test
    void middlewareOutsideIsToldThatNoHandlerWasCalled() {
        enters = false;
        Result result = attempt.perform(boundary -> {
            assertThrows(EventNotHandledException.class, () -> boundary.around(this::handle));
            events.add("told");
        });
        assertEquals(Result.DONE, result);
        assertEquals(List.of("begin", "enter", "commit", "told"), events);
    }

    @Test
    void middlewareOutsideThatThrowsWhatItWasToldInAnotherExceptionChangesNothing() {
        enters = false;
        assertEquals(Result.DONE, attempt.perform(boundary -> {
            try {
                boundary.around(this::handle);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    @Test
    void whoeverThrowsThatNoHandlerWasCalledWithoutHavingBeenToldFails() {
        EventNotHandledException untrue = new EventNotHandledException("untrue");
        assertEquals(Result.FAILED, attempt.perform(boundary -> {
            throw untrue;
        }));
        assertSame(untrue, attempt.failure());
        assertEquals(
                Result.FAILED,
                attempt.perform(boundary -> boundary.around(() -> {
                    throw untrue;
                })));
    }

    @Test
    void whatAHandlerThrowsFails() {
        assertFailed(boundary -> boundary.around(this::fail));
        assertEquals(List.of("begin", "enter", "rollback"), events);
    }

    @Test
    void whatIsMarkedForRollbackFailsAndIsNotNoted() {
        isMarkedForRollback = true;
        assertEquals(Result.FAILED, attempt.perform(boundary -> boundary.around(this::handle)));
        assertEquals(List.of("begin", "enter", "handle", "rollback"), events);
    }

    @Test
    void aCommitThatFailsAfterHandlersHaveWorkedFails() {
        commitFails = true;
        assertEquals(Result.FAILED, attempt.perform(boundary -> boundary.around(this::handle)));
    }

    @Test
    void aCommitThatFailsWithoutHandlersIsTheStoresFailure() {
        commitFails = true;
        enters = false;
        assertEquals(Result.STORE_AWAY, attempt.perform(boundary -> boundary.around(this::handle)));
    }

    @Test
    void middlewareOutsideThatHidesAFailureChangesNothing() {
        assertFailed(boundary -> {
            try {
                boundary.around(this::fail);
            } catch (Exception e) {
                // hidden
            }
        });
    }

    @Test
    void middlewareOutsideThatThrowsSomethingElseHidesNotWhyItFailed() {
        assertFailed(boundary -> {
            try {
                boundary.around(this::fail);
            } catch (Exception e) {
                throw new IllegalStateException("something else");
            }
        });
    }

    @Test
    void middlewareOutsideThatFailsAfterTheCommitChangesNothing() {
        assertEquals(Result.DONE, attempt.perform(boundary -> {
            boundary.around(this::handle);
            throw FAILURE;
        }));
    }

    @Test
    void middlewareOutsideThatSkipsIsDone() {
        assertEquals(Result.DONE, attempt.perform(boundary -> {}));
        assertEquals(List.of(), events);
    }

    @Test
    void middlewareOutsideThatFailsBeforeTheTransactionFails() {
        assertFailed(boundary -> {
            throw FAILURE;
        });
    }

    @Test
    void middlewareOutsideMayTryAgainWhatHasFailed() {
        assertEquals(Result.DONE, attempt.perform(boundary -> {
            try {
                boundary.around(this::fail);
            } catch (Exception e) {
                boundary.around(this::handle);
            }
        }));
    }

    @Test
    void anErrorIsAFailureToo() {
        assertEquals(
                Result.FAILED,
                attempt.perform(boundary -> boundary.around(() -> {
                    throw new AssertionError("an error");
                })));
    }

    @Test
    void contentionBeforeTheHandlersIsRepeatedAtOnce() {
        contentions = 4;
        assertEquals(Result.DONE, attempt.perform(boundary -> boundary.around(this::handle)));
        assertEquals(1, events.stream().filter("handle"::equals).count());
    }

    @Test
    void contentionWithoutEndIsTheStoresFailure() {
        contentions = 100;
        assertEquals(Result.STORE_AWAY, attempt.perform(boundary -> boundary.around(this::handle)));
        assertEquals(95, contentions);
    }

    @Test
    void contentionOfAHandlerIsNotRepeatedSinceItHasWorked() {
        assertEquals(
                Result.FAILED,
                attempt.perform(boundary -> boundary.around(() -> {
                    events.add("handle");
                    throw new ContentionException("contention of a handler", FAILURE);
                })));
        assertEquals(List.of("begin", "enter", "handle", "rollback"), events);
    }

    @Test
    void aStoreThatDoesNotAnswerBeforeTheHandlersIsAway() {
        storeIsAway = true;
        assertEquals(Result.STORE_AWAY, attempt.perform(boundary -> boundary.around(this::handle)));
    }

    @Test
    void aStoreThatThrowsAnErrorBeforeTheHandlersIsAway() {
        storeError = new OutOfMemoryError("simulated");
        assertEquals(Result.STORE_AWAY, attempt.perform(boundary -> boundary.around(this::handle)));
    }

    @Test
    void anInterruptionIsTheServersWhateverItIsWrappedIn() {
        assertEquals(
                Result.INTERRUPTED,
                attempt.perform(boundary -> boundary.around(() -> {
                    throw new IllegalStateException(new InterruptedException());
                })));
        assertEquals(
                Result.INTERRUPTED,
                attempt.perform(boundary -> boundary.around(() -> {
                    Thread.currentThread().interrupt();
                    throw FAILURE;
                })));
        assertTrue(Thread.interrupted());
    }

    @Test
    void whatIsCommittedIsDoneEvenIfTheThreadWasInterrupted() {
        assertEquals(
                Result.DONE,
                attempt.perform(
                        boundary -> boundary.around(() -> Thread.currentThread().interrupt())));
        assertTrue(Thread.interrupted());
    }

    @Test
    void aFailureThatCantBePrintedIsAFailureToo() {
        assertEquals(
                Result.FAILED,
                attempt.perform(boundary -> boundary.around(() -> {
                    throw new UnprintableFailure();
                })));
    }

    @Test
    void middlewareOutsideCanNotHideThatTheStoreIsAway() {
        storeIsAway = true;
        assertEquals(Result.STORE_AWAY, attempt.perform(boundary -> {
            try {
                boundary.around(this::handle);
            } catch (Exception e) {
                // hidden
            }
        }));
    }

    private void assertFailed(Attempt.Body body) {
        assertEquals(Result.FAILED, attempt.perform(body));
        assertSame(FAILURE, attempt.failure());
    }

    private void handle() {
        events.add("handle");
    }

    private void fail() throws Exception {
        throw FAILURE;
    }

    private final class SampleTransaction implements HandlingTransaction {

        @Override
        public void run(Duration timeout, Next work) throws Exception {
            events.add("begin");
            try {
                work.proceed();
            } catch (Throwable e) {
                events.add("rollback");
                throw e;
            }
            if (commitFails) {
                throw new IllegalStateException("the commit failed");
            }
            events.add("commit");
        }

        @Override
        public void requireCommittable() {
            if (isMarkedForRollback) {
                throw new IllegalStateException("marked for rollback");
            }
        }
    }
}
