import { TimedOut } from "./explain-failure.ts";

/** Cuts an exchange with a container off. */
export type Cut = (reason: Error) => void;

/**
 * What can end an invocation before its response is complete: that nobody wants it any more, or a container's time-out.
 *
 * An invocation is with one container at a time, so it needs one exchange to cut and one timer, wound up again for each container.
 * An AbortSignal with a listener and a timer for each took some 7 µs a container.
 */
export class Cancellation {
    private cancelledBy: Error | undefined;
    private cut: Cut | undefined;
    private timer: NodeJS.Timeout | undefined;
    private timerMs = 0;

    /** Why the invocation was cancelled. A time-out does not cancel it, but makes the exchange fail. */
    get reason(): Error | undefined {
        return this.cancelledBy;
    }

    /** Cuts the exchange off, if there is one; none is to begin afterwards. */
    cancel(reason: Error): void {
        this.cancelledBy ??= reason;
        this.cutOff(reason);
    }

    /** An exchange begins, which may take so long. */
    begin(cut: Cut, milliseconds: number): void {
        this.cut = cut;
        if (this.timer !== undefined && this.timerMs === milliseconds) {
            this.timer.refresh();
            return;
        }
        clearTimeout(this.timer);
        this.timerMs = milliseconds;
        this.timer = setTimeout(() => {
            this.cutOff(new TimedOut());
        }, milliseconds);
    }

    /** The exchange has ended. */
    end(): void {
        this.cut = undefined;
    }

    /** The invocation has ended. */
    close(): void {
        this.end();
        clearTimeout(this.timer);
    }

    private cutOff(reason: Error): void {
        const { cut } = this;
        this.end();
        cut?.(reason);
    }
}
