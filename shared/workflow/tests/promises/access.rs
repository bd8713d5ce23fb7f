//! Nobody reads or changes a review that is not theirs, or learns that it is there (promise P5).

use domain::{Actor, Command, Refused, ReviewId, Role};
use testkit::{Filer, MemoryStore, Story, command, sample};
use workflow::{Failure, copy_as_new, edit, history, preflight, verification, view};

use crate::stories::{commits_of, does, due, listed, owner};

/// What a stranger hears who tries everything on `id`.
async fn everything(stranger: &Story<MemoryStore>, id: &ReviewId) -> Vec<String> {
    let (ports, inbound) = (&stranger.ports, stranger.filer.inbound());
    let mut target = stranger.filer.begins().change.review;
    target.outline.id = id.clone();
    let form = command::edit_form(&target, sample::individual());
    let people = command::edit_people(&target, sample::contact_and_staff());
    let submit = command::submit(&target, sample::certification());
    let heard = [
        view(ports, &inbound, id).await.err(),
        history(ports, &inbound, id).await.err(),
        verification(ports, &inbound, id).await.err(),
        preflight(ports, &inbound, id).await.err(),
        copy_as_new(ports, &inbound, &stranger.key("copy", "key"), id, None)
            .await
            .err(),
        edit(ports, &inbound, id, &form).await.err(),
        edit(ports, &inbound, id, &people).await.err(),
        does(stranger, &target, "key", submit).await.err(),
        does(stranger, &target, "key", Command::Withdraw)
            .await
            .err(),
    ];
    let tell = |failure: Option<Failure>| {
        let failure = failure.expect("a stranger gets nothing done");
        assert!(matches!(failure, Failure::NotFound), "{failure:?}");
        failure.to_string()
    };
    heard.into_iter().map(tell).collect()
}

#[tokio::test]
async fn a_stranger_hears_the_same_of_a_review_that_is_there_and_of_one_that_is_not() {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    let unknown = ReviewId::from_random(sample::year(), 1);
    let accepted = Filer::new(sample::other(), 2);
    let accepted = Story::accepted_by(story.ports.clone(), accepted).await;
    let never_accepted = Story {
        ports: story.ports.clone(),
        filer: Filer::new(sample::other(), 3),
    };
    // An address that was added as staff opens nothing unless the issuer verified it.
    let unverified = Actor {
        email: None,
        ..sample::staff()
    };
    let unverified = Story {
        ports: story.ports.clone(),
        filer: Filer::new(unverified, 4),
    };
    for stranger in [accepted, never_accepted, unverified] {
        let there = everything(&stranger, &review.outline.id).await;
        assert_eq!(there, everything(&stranger, &unknown).await);
        assert_eq!(listed(&stranger).await, []);
    }
    assert_eq!(story.review(&review.outline.id).await, review);
    assert_eq!(
        (commits_of(&story, &review).await, due(&story).await),
        (4, 1)
    );
}

#[tokio::test]
async fn staff_see_and_edit_by_a_verified_address_but_only_the_owner_submits_and_withdraws() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let id = &draft.outline.id;
    let staff = Filer::new(sample::staff(), 4);
    let staff = Story::accepted_by(story.ports.clone(), staff).await;
    assert_eq!(listed(&staff).await, std::slice::from_ref(id));
    let seen = view(&staff.ports, &staff.filer.inbound(), id).await;
    let draft = seen.expect("staff may read").review;
    for refused in [
        command::submit(&draft, sample::certification()),
        Command::Withdraw,
    ] {
        let refused = does(&staff, &draft, "key", refused).await;
        let Err(Failure::Refused(Refused::NotAllowed(_), _)) = refused else {
            panic!("{refused:?}");
        };
    }
    let form = command::edit_form(&draft, sample::individual());
    let edited = edit(&staff.ports, &staff.filer.inbound(), id, &form).await;
    let version = edited.expect("staff may edit").outline.version;
    assert_eq!(version, draft.outline.version + 1);
}

#[tokio::test]
async fn a_reviewer_finds_nothing_at_the_filers_doors() {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    let reviewer = Actor {
        roles: vec![Role::Reviewer, Role::Administrator],
        ..sample::other()
    };
    let reviewer = Filer::new(reviewer, 5);
    let seen = view(&story.ports, &reviewer.inbound(), &review.outline.id).await;
    assert!(matches!(seen, Err(Failure::NotFound)), "{seen:?}");
}

#[tokio::test]
async fn the_owner_is_an_account_whatever_its_address() {
    let story = owner().await;
    let draft = story.draft("draft").await;
    let without_email = Story {
        ports: story.ports.clone(),
        filer: Filer::new(sample::owner_without_email(), 5),
    };
    let inbound = without_email.filer.inbound();
    let seen = view(&story.ports, &inbound, &draft.outline.id).await;
    assert_eq!(seen.expect("the same account").review, draft);
    assert_eq!(listed(&without_email).await, [draft.outline.id]);

    // The owner's address alone opens nothing: another issuer can vouch for the same one.
    let mut namesake = sample::owner();
    namesake.account.issuer = "https://another.example.org".to_owned();
    let refused = view(
        &story.ports,
        &Filer::new(namesake, 6).inbound(),
        &story.draft("two").await.outline.id,
    )
    .await;
    assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
}
