//! A progress bar for runs that make people wait.

use std::io::IsTerminal;
use std::sync::mpsc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long nobody needs to be told that something is going on.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar moves while nothing finishes.
const TICK: Duration = Duration::from_millis(100);

/// Runs `work`, which ticks off `steps` steps, and shows how far it is once it has taken a while and somebody watches.
pub fn watch<T>(steps: usize, work: impl FnOnce(&ProgressBar) -> T) -> T {
    let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
    if !std::io::stderr().is_terminal() {
        return work(&bar);
    }
    let style = ProgressStyle::with_template("{spinner} drawing {bar:30} {pos}/{len}");
    bar.set_style(style.expect("the template is well-formed"));
    let (finish, finished) = mpsc::channel::<()>();
    let result = std::thread::scope(|scope| {
        let bar = &bar;
        scope.spawn(move || {
            if finished.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(TICK);
            }
        });
        let result = work(bar);
        drop(finish);
        result
    });
    // The thread has ended by now, so that nothing is drawn over the messages that follow.
    bar.finish_and_clear();
    result
}
