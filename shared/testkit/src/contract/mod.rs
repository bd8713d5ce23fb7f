//! What every implementation of the ports promises, as a suite that runs on any of them.
//!
//! One function a promise; each makes a fresh, empty [`Subject`], does something through the ports, and
//! looks at it through the ports again. What no port shows (what is due) a [`Probe`] shows, and the probe
//! also plays the administrator, for whom there is no port yet. Instants are whole milliseconds.
//!
//! To run it on an adapter, in a test of the adapter's crate:
//!
//! ```text
//! async fn table() -> testkit::Subject<Table, RawTable> { … }
//! testkit::contract_tests!(table);
//! ```
//!
//! A command that runs it outside `cargo test` calls [`contract_run!`](crate::contract_run) instead.

mod acceptances;
mod claims;
mod clock;
mod commits;
mod files;
mod histories;
mod keys;
mod lists;
mod look_ups;
mod objects;
mod orders;
mod outbox;
mod programs;
mod purge;
mod queues;
mod reconcile;
mod reviews;
mod suppressions;
mod words;

use async_trait::async_trait;
use domain::{PerformanceYear, Review, ReviewId, WindowChange};
use workflow::ports::{
    Acceptances, CaseQueues, Cases, Claims, ClockIndex, Comments, Commit, Commits, Committed,
    Correspondence, DueOutbox, EveryReview, Findable, Finder, GrantCounts, Heads, Histories, Keys,
    LookUps, Notes, Orders, Outbox, Outlines, Pointers, Programs, Purges, Reports, Reviews,
    ReviewsOfPerson, Suppressions, Tombstones, Unanswered, WindowChanges,
};

pub use acceptances::{
    a_key_in_use_keeps_an_acceptance_out, an_acceptance_is_recorded_once_with_its_key,
};
pub use claims::{
    a_claim_is_held_until_its_lease_ends, a_notice_that_was_sent_stays_settled,
    a_released_claim_is_granted_again, a_report_settles_and_is_kept_in_any_order,
    of_two_claims_at_once_one_is_granted,
};
pub use clock::{
    a_place_is_paged_through_whole, a_review_stands_where_its_status_says, counts_of_a_run_add_up,
};
pub use commits::{
    a_repeated_commit_is_written_once, a_review_that_exists_is_not_begun_again,
    a_stale_commit_changes_nothing, of_two_commits_at_once_one_is_done,
};
pub use files::{
    a_review_is_due_while_its_files_are_open, an_hour_has_its_number_of_grants_for_each_person,
};
pub use histories::{
    a_head_is_the_end_of_its_history, a_long_history_verifies, histories_are_kept_apart,
};
pub use keys::{
    a_key_in_force_refuses_the_whole_commit, a_key_is_found_by_its_whole_name,
    an_expired_key_makes_room, of_two_beginnings_with_one_key_one_is_done,
};
pub use lists::{
    a_person_lists_their_own_in_order_of_ids, a_review_enters_and_leaves_lists_with_its_commit,
    an_outline_is_as_present_as_its_review, every_review_is_found_once,
};
pub use look_ups::{
    a_look_up_is_remembered_until_it_expires, a_look_up_is_remembered_whole_and_by_its_whole_key,
    of_nine_turns_at_once_four_are_taken, of_nine_turns_in_a_second_four_are_taken,
};
pub use objects::{StoreProbe, every_promise_of_a_store};
pub use orders::{
    a_window_is_changed_in_its_place_once, an_order_stands_as_it_was_given,
    outlines_are_found_by_their_ids,
};
pub use outbox::{
    an_entry_is_found_as_it_was_written, an_entry_is_settled_once_every_notice_has_its_outcome,
    an_entry_without_people_is_never_due, an_overdue_entry_is_found_and_moved_on_by_one,
};
pub use programs::window_changes_come_in_the_order_in_which_they_were_made;
pub use purge::a_purged_review_leaves_its_tombstone_alone;
pub use queues::{
    a_queue_is_read_in_its_order_and_in_parts, a_request_is_found_by_what_it_was_made_findable_by,
    cases_are_as_present_as_their_reviews, what_a_reviewer_works_on_is_listed_until_it_ends,
};
pub use reconcile::{
    a_pointer_is_mended_while_its_review_stands_still, an_entry_that_lapsed_is_made_due_once,
    every_review_and_pointer_is_in_one_part, what_nobody_answered_is_walked_whole,
};
pub use reviews::{
    a_review_loads_as_it_was_committed, an_unknown_review_is_none, long_answers_survive,
};

pub use suppressions::a_suppression_stands_for_its_person_alone;
pub use words::{
    a_note_is_no_comment, words_are_kept_in_order_and_apart_from_those_of_others,
    words_are_written_with_their_commit_or_not_at_all,
};

/// Every port that keeps something.
pub trait Ports:
    Reviews
    + ReviewsOfPerson
    + EveryReview
    + Heads
    + Histories
    + Comments
    + Notes
    + Programs
    + Acceptances
    + Keys
    + Commits
    + Outbox
    + Claims
    + Correspondence
    + DueOutbox
    + Suppressions
    + LookUps
    + CaseQueues
    + Cases
    + Findable
    + Finder
    + Pointers
    + Unanswered
    + ClockIndex
    + Reports
    + Orders
    + Outlines
    + WindowChanges
    + GrantCounts
    + Purges
    + Tombstones
{
}

impl<P> Ports for P where
    P: Reviews
        + ReviewsOfPerson
        + EveryReview
        + Heads
        + Histories
        + Comments
        + Notes
        + Programs
        + Acceptances
        + Keys
        + Commits
        + Outbox
        + Claims
        + Correspondence
        + DueOutbox
        + Suppressions
        + LookUps
        + CaseQueues
        + Cases
        + Findable
        + Finder
        + Pointers
        + Unanswered
        + ClockIndex
        + Reports
        + Orders
        + Outlines
        + WindowChanges
        + GrantCounts
        + Purges
        + Tombstones
{
}

/// Does and sees what no port does or shows.
#[async_trait]
pub trait Probe: Send + Sync {
    /// Records a change of the year's window after all that are there, as an administrator's command will.
    async fn announce(&self, year: PerformanceYear, change: WindowChange);

    /// The outbox entries that the sweep would come upon sooner or later, in order.
    async fn due_outbox(&self) -> Vec<(ReviewId, u64)>;

    /// Takes an outbox entry out of what is due, as nothing should that has not ended it.
    async fn lapse(&self, review: &ReviewId, seq: u64);
}

/// An implementation under test, empty.
#[derive(Debug)]
pub struct Subject<P, Q> {
    /// What is tested.
    pub ports: P,
    /// What looks behind it.
    pub probe: Q,
}

/// Defines one `#[tokio::test]` for each promise, each on a subject made by this `async fn`.
#[macro_export]
macro_rules! contract_tests {
    ($make:path) => { $crate::promises!(@tests $make); };
}

/// Runs every promise, one after the other, each on a subject made by this `async fn`.
#[macro_export]
macro_rules! contract_run {
    ($make:path) => { $crate::promises!(@run $make) };
}

/// The list of promises.
#[doc(hidden)]
#[macro_export]
macro_rules! promises {
    (@$mode:ident $make:path) => {
        $crate::promises!(@$mode $make:
            a_claim_is_held_until_its_lease_ends
            a_head_is_the_end_of_its_history
            a_key_in_force_refuses_the_whole_commit
            a_key_in_use_keeps_an_acceptance_out
            a_key_is_found_by_its_whole_name
            a_long_history_verifies
            a_look_up_is_remembered_until_it_expires
            a_look_up_is_remembered_whole_and_by_its_whole_key
            a_note_is_no_comment
            a_notice_that_was_sent_stays_settled
            a_person_lists_their_own_in_order_of_ids
            a_place_is_paged_through_whole
            a_pointer_is_mended_while_its_review_stands_still
            a_purged_review_leaves_its_tombstone_alone
            a_queue_is_read_in_its_order_and_in_parts
            a_released_claim_is_granted_again
            a_repeated_commit_is_written_once
            a_report_settles_and_is_kept_in_any_order
            a_request_is_found_by_what_it_was_made_findable_by
            a_review_enters_and_leaves_lists_with_its_commit
            a_review_is_due_while_its_files_are_open
            a_review_loads_as_it_was_committed
            a_review_that_exists_is_not_begun_again
            a_review_stands_where_its_status_says
            a_stale_commit_changes_nothing
            a_suppression_stands_for_its_person_alone
            a_window_is_changed_in_its_place_once
            an_acceptance_is_recorded_once_with_its_key
            an_entry_is_found_as_it_was_written
            an_entry_is_settled_once_every_notice_has_its_outcome
            an_entry_that_lapsed_is_made_due_once
            an_entry_without_people_is_never_due
            an_expired_key_makes_room
            an_order_stands_as_it_was_given
            an_hour_has_its_number_of_grants_for_each_person
            an_outline_is_as_present_as_its_review
            an_overdue_entry_is_found_and_moved_on_by_one
            an_unknown_review_is_none
            cases_are_as_present_as_their_reviews
            counts_of_a_run_add_up
            every_review_and_pointer_is_in_one_part
            every_review_is_found_once
            histories_are_kept_apart
            long_answers_survive
            of_nine_turns_at_once_four_are_taken
            of_nine_turns_in_a_second_four_are_taken
            of_two_beginnings_with_one_key_one_is_done
            of_two_claims_at_once_one_is_granted
            of_two_commits_at_once_one_is_done
            outlines_are_found_by_their_ids
            what_a_reviewer_works_on_is_listed_until_it_ends
            what_nobody_answered_is_walked_whole
            window_changes_come_in_the_order_in_which_they_were_made
            words_are_kept_in_order_and_apart_from_those_of_others
            words_are_written_with_their_commit_or_not_at_all
        );
    };
    (@tests $make:path: $($promise:ident)*) => {
        $(#[tokio::test]
        async fn $promise() {
            $crate::contract::$promise($make).await;
        })*
    };
    (@run $make:path: $($promise:ident)*) => {
        { $($crate::contract::$promise($make).await;)* }
    };
}

/// Commits, which must go well, and returns the review as it is then.
async fn done(ports: &impl Ports, commit: &Commit) -> Review {
    let committed = ports.commit(commit).await.expect("the commit is answered");
    assert_eq!(committed, Committed::Done);
    commit.change.review.clone()
}

/// The review as it is stored.
async fn stored(ports: &impl Ports, id: &ReviewId) -> Review {
    let review = ports.load(id).await.expect("loading is answered");
    review.expect("the review is there")
}
