//! Shapes of what is sent. Bodies are read field by field, so that every fault is named; these are for
//! the OpenAPI document alone.
#![expect(dead_code, reason = "shapes for the OpenAPI document, never built")]

use utoipa::ToSchema;

/// Giving a review to a reviewer.
#[derive(ToSchema)]
pub(crate) struct AssignBody {
    /// The reviewer's account: the `sub` of its token, from your own issuer.
    #[schema(example = "rita-reviewer")]
    subject: String,
    /// Where letters for the reviewer go until the reviewer acts on the review.
    #[schema(required = false, example = "rita@example.org")]
    email: Option<String>,
}

/// A label.
#[derive(ToSchema)]
pub(crate) struct LabelBody {
    /// Its words, at most 40 characters.
    #[schema(example = "special status")]
    name: String,
    /// `public`, for filers too, or `internal`, for the review team alone.
    #[schema(example = "internal")]
    audience: String,
}

/// A label's words.
#[derive(ToSchema)]
pub(crate) struct LabelNameBody {
    /// Its words.
    #[schema(example = "special status")]
    name: String,
}

/// A private note.
#[derive(ToSchema)]
pub(crate) struct NoteBody {
    /// At most 5,000 characters.
    #[schema(example = "The registry confirmed the date by phone.")]
    text: String,
}

/// A reason.
#[derive(ToSchema)]
pub(crate) struct WhyBody {
    /// At most 2,000 characters.
    #[schema(example = "A court asked for the file.")]
    why: String,
}

/// Giving a request to another owner.
#[derive(ToSchema)]
pub(crate) struct OwnerBody {
    /// The address of the next owner.
    #[schema(example = "billing@example.org")]
    to: String,
    /// At most 5,000 characters; kept as a private note.
    #[schema(example = "The owner has left the practice.")]
    why: String,
}

/// Replacing the contact's address.
#[derive(ToSchema)]
pub(crate) struct ContactBody {
    /// The new address.
    #[schema(example = "front.desk@example.org")]
    email: String,
    /// At most 5,000 characters; kept as a private note.
    #[schema(example = "They gave it on the phone.")]
    why: String,
}

/// Asking for documents.
#[derive(ToSchema)]
pub(crate) struct RequestBody {
    /// 1 to 20 documents.
    items: Vec<AskShape>,
    /// What you write about it, as a comment in plain text, at most 10,000 characters.
    #[schema(required = false)]
    message: Option<String>,
    /// The last day, in New York; never before the days that the year gives.
    #[schema(required = false, example = "2025-11-28")]
    last_day: Option<String>,
}

/// A document that is asked for.
#[derive(ToSchema)]
#[schema(as = DocumentAsk)]
struct AskShape {
    /// Which one, at most 300 characters.
    #[schema(example = "The EHR's extract for the performance period")]
    what: String,
    /// Its kind, if it is of one.
    #[schema(required = false, example = "ehr_extract")]
    kind: Option<String>,
}

/// Changing a request for documents.
#[derive(ToSchema)]
pub(crate) struct AmendBody {
    /// Documents to ask for as well.
    #[schema(required = false)]
    add: Option<Vec<AskShape>>,
    /// Numbers of items that are no longer asked for.
    #[schema(required = false, example = json!([2]))]
    drop: Option<Vec<u16>>,
    /// The new last day, never earlier than the present one.
    #[schema(required = false)]
    last_day: Option<String>,
}

/// Marking an item.
#[derive(ToSchema)]
pub(crate) struct ReceivedBody {
    /// Its number.
    #[schema(example = 1)]
    item: u16,
}

/// Granting more time.
#[derive(ToSchema)]
pub(crate) struct MoreTimeGrantBody {
    /// The new last day; the year's days if it is left out.
    #[schema(required = false)]
    last_day: Option<String>,
}

/// Extending a request.
#[derive(ToSchema)]
pub(crate) struct ExtendBody {
    /// The new last day.
    #[schema(example = "2025-12-12")]
    last_day: String,
    /// Why.
    why: String,
}

/// A decision.
#[derive(ToSchema)]
pub(crate) struct DecisionBody {
    /// One for each issue that is claimed.
    findings: Vec<FindingShape>,
    /// What was found, for the filer, at most 2,000 characters.
    explanation: String,
    /// What becomes of the scores; `none` unless something is granted.
    scores: ScoresShape,
    /// Whether it waits for a second person, even where the year does not ask for one.
    #[schema(required = false)]
    second_person: Option<bool>,
}

/// A finding.
#[derive(ToSchema)]
#[schema(as = FindingBody)]
struct FindingShape {
    /// The issue as it was claimed.
    #[schema(example = "eligibility_special_status")]
    issue: String,
    /// Whether the filer is right.
    granted: bool,
    /// Why not; only for what is not granted.
    #[schema(required = false, example = "not_shown")]
    reason: Option<String>,
    /// A sentence about this issue, at most 500 characters.
    #[schema(required = false)]
    sentence: Option<String>,
}

/// What becomes of the scores.
#[derive(ToSchema)]
#[schema(as = RevisedScores)]
struct ScoresShape {
    /// `none`, `pending` or `given`.
    #[schema(example = "pending")]
    state: String,
    /// The scores before the review; only if they are given.
    #[schema(required = false)]
    was: Option<OptionScoresShape>,
    /// The scores after it; only if they are given.
    #[schema(required = false)]
    now: Option<OptionScoresShape>,
}

/// The score of one participation option. Decimals are texts, so that nothing is rounded.
#[derive(ToSchema)]
#[schema(as = Scores)]
struct OptionScoresShape {
    #[schema(example = "65.00")]
    final_score: String,
    #[schema(required = false)]
    categories: Option<Vec<CategoryScoreShape>>,
    #[schema(required = false)]
    complex_patient_bonus: Option<String>,
    /// In percent.
    #[schema(example = "-1.20")]
    adjustment: String,
    /// In percent; only in the years that have it.
    #[schema(required = false)]
    additional_adjustment: Option<String>,
    /// The day from which the adjustment holds.
    #[schema(example = "2026-01-01")]
    from: String,
}

/// A category's part.
#[derive(ToSchema)]
#[schema(as = CategoryScore)]
struct CategoryScoreShape {
    #[schema(example = "quality")]
    category: String,
    /// Left out if it was not scored.
    #[schema(required = false)]
    scored: Option<ScoredShape>,
}

/// Points of a maximum.
#[derive(ToSchema)]
#[schema(as = Scored)]
struct ScoredShape {
    #[schema(example = "20")]
    points: String,
    #[schema(example = "30")]
    of: String,
}

/// Scores that are known, or known better.
#[derive(ToSchema)]
pub(crate) struct ScoresBody {
    scores: ScoresShape,
}

/// How a decision should have read.
#[derive(ToSchema)]
pub(crate) struct ClericalBody {
    /// The same issues, with the same verdicts.
    findings: Vec<FindingShape>,
    explanation: String,
    scores: ScoresShape,
    /// What was wrong.
    why: String,
}

/// What is looked for.
#[derive(ToSchema)]
pub(crate) struct SearchBody {
    /// `review`, `npi`, `tin`, `entity` (a virtual group, APM Entity or subgroup) or `ticket`.
    #[schema(example = "ticket")]
    by: String,
    #[schema(example = "CS0606124")]
    value: String,
}

/// A change of a year's window.
#[derive(ToSchema)]
pub(crate) struct WindowBody {
    /// The opening, if it is to be another.
    #[schema(required = false, format = DateTime)]
    opens: Option<String>,
    /// The close.
    #[schema(format = DateTime, example = "2025-11-21T20:00:00-05:00")]
    closes: String,
    /// Why, for everyone with a draft.
    #[schema(example = "A storm closed offices along the coast.")]
    reason: String,
    /// Show what it would do, and do nothing.
    #[schema(required = false)]
    dry_run: bool,
    /// The token of the dry run.
    #[schema(required = false)]
    token: Option<String>,
}

/// An order over many reviews.
#[derive(ToSchema)]
pub(crate) struct OrderBody {
    /// `extend`, `toll`, `reinstate` or `reassign`.
    #[schema(example = "extend")]
    what: String,
    /// Why, for the record, at most 2,000 characters.
    why: String,
    /// To extend: the new last day.
    #[schema(required = false, example = "2025-12-05")]
    last_day: Option<String>,
    /// To toll: the first day.
    #[schema(required = false)]
    from: Option<String>,
    /// To toll: the last day.
    #[schema(required = false)]
    through: Option<String>,
    /// To reinstate: the instant of the run whose denials are taken back.
    #[schema(required = false, format = DateTime)]
    run: Option<String>,
    /// Of this performance year only; to reinstate, needed.
    #[schema(required = false, example = "2024")]
    year: Option<String>,
    /// These reviews only.
    #[schema(required = false)]
    reviews: Option<Vec<String>>,
    /// Requests whose last day is this one or later.
    #[schema(required = false)]
    due_from: Option<String>,
    /// Requests whose last day is this one or earlier.
    #[schema(required = false)]
    due_through: Option<String>,
    /// To reassign: the account of the absent reviewer, the `sub` of its token.
    #[schema(required = false, example = "rita-reviewer")]
    reviewer: Option<String>,
    /// To reassign: the account of who goes on; left out, the reviews go back to the queue.
    #[schema(required = false, example = "ravi-reviewer")]
    successor: Option<String>,
    /// To reassign: where letters for the successor go until the successor acts on a review.
    #[schema(required = false, example = "ravi@example.org")]
    successor_email: Option<String>,
    /// The most reviews that you mean; 100 if left out, 5,000 at most.
    #[schema(required = false)]
    cap: Option<u32>,
    /// Show what it would do, and do nothing.
    #[schema(required = false)]
    dry_run: bool,
    /// The token of the dry run.
    #[schema(required = false)]
    token: Option<String>,
}

/// Leave for one late submission.
#[derive(ToSchema)]
pub(crate) struct LateBody {
    /// The request that failed, by the id that its error told.
    failed_request: String,
    /// When it arrived: in the last hour before the close.
    #[schema(format = DateTime)]
    attempted_at: String,
}
