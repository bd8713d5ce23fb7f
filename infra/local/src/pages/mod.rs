//! Pages (being built).
mod view;

pub use view::{FunctionView, PagesState, QueueView, RouteView, StackView};

/// The pages under `/` and `/_local/`.
pub fn router(state: PagesState) -> axum::Router {
    drop(state);
    unimplemented!()
}
