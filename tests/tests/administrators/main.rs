//! What administrators and operators do when a request's own people cannot, or when its time is over (domain.md #8, #34, #38,
//! #54): through the doors and the commands, to the mailbox, the table and the store of files.

mod contact;
mod handing_over;
mod locked_files;
mod purging;

use scenarios::{Door, Stack, until};

/// Submits a group's request of the filer's, whose staff have opened it; its id.
pub(crate) fn submits(filer: &Door, contact: &str, staff: &[(&str, &Door)]) -> String {
    filer.accepts();
    let addresses: Vec<_> = staff.iter().map(|(address, _)| *address).collect();
    let people = scenarios::forms::people(contact, &addresses);
    let (id, revision) = filer.completes(&scenarios::forms::group(), &people);
    for (_, door) in staff {
        door.accepts();
        door.get(format!("/v1/reviews/{id}")).expect(200);
    }
    filer
        .submits(&id, revision, &format!("submit-{id}"))
        .expect(200);
    id
}

/// Whether the person's list shows the review.
pub(crate) fn lists(door: &Door, id: &str) -> bool {
    door.get("/v1/reviews").expect(200).text.contains(id)
}

/// Waits for a letter to the address about the review which says that, in its subject or its text.
pub(crate) fn awaits_letter(stack: &Stack, to: &str, id: &str, words: &str) {
    until(|| {
        let letters = stack.all_letters();
        let found = letters.iter().any(|letter| {
            letter.to == to
                && letter.notice.starts_with(id)
                && [&letter.subject, &letter.text]
                    .iter()
                    .any(|part| part.contains(words))
        });
        let told: Vec<_> = letters.iter().map(|one| (&one.to, &one.subject)).collect();
        found.then_some(()).ok_or_else(|| {
            format!(
                "`{words}` to {to}; there are {told:?}\n{}",
                stack.complaints()
            )
        })
    });
}
