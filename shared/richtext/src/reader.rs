//! Reads HTML into the few happenings that are kept of it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// How words are set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Bold,
    Italic,
    Underline,
}

/// What stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph,
    Heading,
    Subheading,
}

/// A list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Dashes,
    Numbers,
}

/// Takes what is read, in order. Nothing promises that ends fit beginnings: that is the writer's to mend.
pub(crate) trait Writer {
    fn text(&mut self, text: &str);
    fn line_break(&mut self);
    fn style(&mut self, style: Style, on: bool);
    fn block(&mut self, block: Option<Block>);
    fn list(&mut self, list: List);
    fn end_list(&mut self);
    fn item(&mut self);
}

/// Reads `html` from its beginning to its end.
pub(crate) fn read(html: &str, writer: &mut impl Writer) {
    let reader = Reader(RefCell::new(State {
        writer,
        left_out: None,
    }));
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // It stops where a browser would run a script; here it only goes on.
    while !input.is_empty() {
        drop(tokenizer.feed(&input));
    }
    tokenizer.end();
}

struct Reader<'a, W>(RefCell<State<'a, W>>);

struct State<'a, W> {
    writer: &'a mut W,
    /// The element that is left out with all that it holds, and how many of its name are open.
    left_out: Option<(String, u32)>,
}

impl<W: Writer> TokenSink for Reader<'_, W> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => state.tag(&tag),
            Token::CharacterTokens(text) => {
                if state.left_out.is_none() {
                    state.writer.text(&text);
                }
                TokenSinkResult::Continue
            }
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => TokenSinkResult::Continue,
        }
    }
}

impl<W: Writer> State<'_, W> {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let starts = tag.kind == TagKind::StartTag;
        if let Some((left_out, open)) = &mut self.left_out {
            if left_out == name {
                *open = if starts { *open + 1 } else { *open - 1 };
                if *open == 0 {
                    self.left_out = None;
                }
            }
            return TokenSinkResult::Continue;
        }
        if starts && is_left_out(name) {
            self.left_out = Some((name.to_owned(), 1));
            return raw(name);
        }
        self.kept(name, starts);
        TokenSinkResult::Continue
    }

    fn kept(&mut self, name: &str, starts: bool) {
        let writer = &mut *self.writer;
        match name {
            "b" | "strong" => writer.style(Style::Bold, starts),
            "i" | "em" => writer.style(Style::Italic, starts),
            "u" | "ins" => writer.style(Style::Underline, starts),
            "br" => writer.line_break(),
            "h1" | "h2" | "h3" => writer.block(starts.then_some(Block::Heading)),
            "h4" | "h5" | "h6" => writer.block(starts.then_some(Block::Subheading)),
            "p" | "div" | "blockquote" | "pre" | "section" | "article" | "table" | "tr" | "hr" => {
                writer.block(starts.then_some(Block::Paragraph));
            }
            "ul" | "menu" if starts => writer.list(List::Dashes),
            "ol" if starts => writer.list(List::Numbers),
            "ul" | "menu" | "ol" => writer.end_list(),
            "li" if starts => writer.item(),
            "td" | "th" if !starts => writer.text(" "),
            _ => {}
        }
    }
}

/// Whether what an element holds is nobody's words. Those of HTML that hold nothing are not among them: they never end.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "title"
            | "head"
            | "noscript"
            | "noembed"
            | "noframes"
            | "iframe"
            | "object"
            | "applet"
            | "svg"
            | "math"
            | "audio"
            | "video"
            | "canvas"
            | "select"
            | "textarea"
            | "xmp"
            | "plaintext"
    )
}

/// How a browser reads what the element holds.
fn raw(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "noembed" | "noframes" | "iframe" | "xmp" => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}
