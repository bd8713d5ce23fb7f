//! Shapes of the form and of the people, as the OpenAPI document shows them. A test holds them against
//! the domain's own.
#![expect(dead_code, reason = "shapes for the OpenAPI document, never built")]

use utoipa::ToSchema;

/// The filer's answers. While the review is a draft, each may be missing.
#[derive(ToSchema)]
#[schema(as = Form)]
pub(crate) struct FormDocument {
    /// The version of the reasons screen that you read.
    #[schema(example = "reasons/2024.1")]
    reasons_acknowledged: Option<String>,
    /// What you ask for, out of the year's reasons screen.
    #[schema(example = json!(["wrong_tin_npi"]))]
    reasons: Option<Vec<String>>,
    /// Who applies, with the identifier of that type alone.
    application: Option<ApplicationShape>,
    /// The clinician's or the group's name, at most 200 characters.
    party_name: Option<String>,
    /// The practice of an individual clinician.
    practice: Option<PracticeShape>,
    /// How the data was reported.
    reporting: Option<ReportingShape>,
    /// Service Center tickets, at most 10.
    #[schema(example = json!(["CS0606124"]))]
    tickets: Option<Vec<String>>,
    /// Your relationship to the party.
    relationship: Option<RelationshipShape>,
    /// Performance categories that are affected.
    categories: Option<Vec<CategoryShape>>,
    /// What went wrong.
    issues: Option<Vec<IssueShape>>,
    /// Answers to the questions that an issue asks.
    follow_ups: Option<FollowUpsShape>,
    /// What went wrong, in your words: at most 10,000 characters.
    description: Option<String>,
}

/// Who applies.
#[derive(ToSchema)]
#[schema(as = Application)]
struct ApplicationShape {
    /// Who applies.
    r#type: ApplicationTypeShape,
    /// An individual clinician's NPI: 10 digits.
    npi: Option<String>,
    /// A group's TIN: 9 digits.
    tin: Option<String>,
    /// A virtual group's identifier.
    virtual_group_id: Option<String>,
    /// An APM Entity's identifier.
    apm_entity_id: Option<String>,
    /// A subgroup's identifier, such as SG-12345678.
    subgroup_id: Option<String>,
    /// What it is about, if the type is not known (PY2019 and 2020).
    title: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = ApplicationType, rename_all = "snake_case")]
enum ApplicationTypeShape {
    Individual,
    Group,
    VirtualGroup,
    ApmEntity,
    Subgroup,
    Unknown,
}

/// The practice.
#[derive(ToSchema)]
#[schema(as = Practice)]
struct PracticeShape {
    /// Whether the look-up lists it.
    choice: PracticeChoiceShape,
    /// The practice's name; needed if it is listed.
    name: Option<String>,
    /// The practice's TIN; needed if it is not listed.
    tin: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = PracticeChoice, rename_all = "snake_case")]
enum PracticeChoiceShape {
    Listed,
    NotListed,
}

/// How the data was reported.
#[derive(ToSchema)]
#[schema(as = Reporting)]
struct ReportingShape {
    /// The option.
    option: ReportingOptionShape,
    /// The MVP's title or id; only for `mvp`.
    name: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = ReportingOption, rename_all = "snake_case")]
enum ReportingOptionShape {
    TraditionalMips,
    Mvp,
    App,
}

/// The submitter's relationship to the party.
#[derive(ToSchema)]
#[schema(as = Relationship)]
struct RelationshipShape {
    /// The kind.
    kind: RelationshipKindShape,
    /// What it is; only for `other`.
    description: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = RelationshipKind, rename_all = "snake_case")]
enum RelationshipKindShape {
    Clinician,
    PracticeStaff,
    GroupOrAcoRepresentative,
    SupportStaff,
    RegistryQcdr,
    HealthItVendor,
    ConsultantOrBillingCompany,
    Other,
}

#[derive(ToSchema)]
#[schema(as = Category, rename_all = "snake_case")]
enum CategoryShape {
    Quality,
    ImprovementActivities,
    PromotingInteroperability,
    AdvancingCareInformation,
    Cost,
    AdditionalBonusPoints,
}

#[derive(ToSchema)]
#[schema(as = Issue, rename_all = "snake_case")]
enum IssueShape {
    Submission,
    EligibilitySpecialStatus,
    ExtremeCircumstances,
    MeasureActivity,
    General,
}

/// Answers to the questions that an issue asks.
#[derive(ToSchema)]
#[schema(as = FollowUps)]
struct FollowUpsShape {
    /// The exception application's id.
    exception_id: Option<String>,
    /// The measure's or activity's id.
    measure_id: Option<String>,
    /// The TIN under which the data should have been.
    right_tin: Option<String>,
    /// The TIN under which the data was.
    wrong_tin: Option<String>,
    /// The NPI under which the data should have been.
    right_npi: Option<String>,
    /// The NPI under which the data was.
    wrong_npi: Option<String>,
}

/// Who can be reached about a review.
#[derive(ToSchema)]
#[schema(as = People)]
pub(crate) struct PeopleDocument {
    /// Whom the reviewers call.
    contact: Option<ContactShape>,
    /// Addresses of additional staff, at most 20, each person once.
    #[schema(example = json!(["staff@example.org"]))]
    staff: Option<Vec<String>>,
}

/// Whom the reviewers call.
#[derive(ToSchema)]
#[schema(as = Contact)]
struct ContactShape {
    /// A North American number, with or without dashes.
    #[schema(example = "(866) 288-2892")]
    phone: Option<String>,
    /// Its extension.
    extension: Option<String>,
    /// The email address; begins as your account's.
    email: Option<String>,
}
