//! Writes HTML and plain text anew.

use crate::reader::{Block, List, Style, Writer};

/// Lists within lists, at the most; deeper ones go on as that one.
const DEEPEST: usize = 6;

/// Line breaks in a row, at the most.
const MOST_BREAKS: usize = 3;

/// HTML of the few tags. Every tag is one of the literals of this file, and all text is escaped.
#[derive(Default)]
pub(crate) struct Html {
    out: String,
    /// Characters that a person sees.
    characters: usize,
    /// What stands between the last text and the next, if that stands in the same block.
    between: Between,
    /// What the writer wants set off, and what is.
    wanted: Styles,
    set: Styles,
    /// What the next text is to stand in, unless something is open.
    next: Option<Block>,
    open: Option<Block>,
    lists: Vec<(List, Item)>,
}

/// It is written with the text behind it: nothing begins or ends with it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// A block begins.
    #[default]
    Start,
    Nothing,
    Space,
    Breaks(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    None,
    Open,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Styles {
    bold: bool,
    italic: bool,
    underline: bool,
}

impl Html {
    /// What was written, all of it closed, and how many characters of it a person sees.
    pub(crate) fn done(mut self) -> (String, usize) {
        self.close_block();
        while !self.lists.is_empty() {
            self.close_list();
        }
        (self.out, self.characters)
    }

    fn end_styles(&mut self) {
        for (set, tag) in [
            (self.set.underline, "</u>"),
            (self.set.italic, "</em>"),
            (self.set.bold, "</strong>"),
        ] {
            self.out.push_str(if set { tag } else { "" });
        }
        self.set = Styles::default();
    }

    fn begin_styles(&mut self) {
        if self.set == self.wanted {
            return;
        }
        for (wanted, tag) in [
            (self.wanted.bold, "<strong>"),
            (self.wanted.italic, "<em>"),
            (self.wanted.underline, "<u>"),
        ] {
            self.out.push_str(if wanted { tag } else { "" });
        }
        self.set = self.wanted;
    }

    fn in_item(&self) -> bool {
        self.lists
            .last()
            .is_some_and(|(_, item)| *item == Item::Open)
    }

    /// Opens what the text is to stand in.
    fn ensure_open(&mut self) {
        if !self.lists.is_empty() && !self.in_item() {
            self.open_item();
        }
        if self.open.is_none() && !self.in_item() {
            let block = self.next.take().unwrap_or(Block::Paragraph);
            self.out.push_str(match block {
                Block::Paragraph => "<p>",
                Block::Heading => "<h3>",
                Block::Subheading => "<h4>",
            });
            self.open = Some(block);
        }
    }

    fn character(&mut self, c: char) {
        self.ensure_open();
        if self.set != self.wanted {
            self.end_styles();
        }
        match self.between {
            Between::Start | Between::Nothing => {}
            Between::Space => self.out.push(' '),
            Between::Breaks(breaks) => self.out.push_str(&"<br>".repeat(breaks)),
        }
        self.between = Between::Nothing;
        self.begin_styles();
        match c {
            '&' => self.out.push_str("&amp;"),
            '<' => self.out.push_str("&lt;"),
            '>' => self.out.push_str("&gt;"),
            '"' => self.out.push_str("&quot;"),
            '\'' => self.out.push_str("&#39;"),
            c => self.out.push(c),
        }
        self.characters += 1;
    }

    fn close_block(&mut self) {
        self.end_styles();
        if let Some(block) = self.open.take() {
            self.out.push_str(match block {
                Block::Paragraph => "</p>",
                Block::Heading => "</h3>",
                Block::Subheading => "</h4>",
            });
        }
        self.next = None;
        self.between = Between::Start;
    }

    fn open_item(&mut self) {
        if let Some((_, item)) = self.lists.last_mut() {
            self.out.push_str(match item {
                Item::None => "<li>",
                Item::Open => "</li><li>",
            });
            *item = Item::Open;
        }
    }

    fn close_list(&mut self) {
        self.close_block();
        if let Some((list, item)) = self.lists.pop() {
            if item == Item::Open {
                self.out.push_str("</li>");
            }
            self.out.push_str(match list {
                List::Dashes => "</ul>",
                List::Numbers => "</ol>",
            });
        }
    }
}

impl Writer for Html {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                if self.between == Between::Nothing {
                    self.between = Between::Space;
                }
            } else if !is_hidden(c) {
                self.character(c);
            }
        }
    }

    fn line_break(&mut self) {
        self.between = match self.between {
            Between::Start => Between::Start,
            Between::Nothing | Between::Space => Between::Breaks(1),
            Between::Breaks(breaks) => Between::Breaks(breaks.saturating_add(1).min(MOST_BREAKS)),
        };
    }

    fn style(&mut self, style: Style, on: bool) {
        match style {
            Style::Bold => self.wanted.bold = on,
            Style::Italic => self.wanted.italic = on,
            Style::Underline => self.wanted.underline = on,
        }
    }

    fn block(&mut self, block: Option<Block>) {
        if self.in_item() {
            if self.between != Between::Start {
                self.between = Between::Breaks(1);
            }
            return;
        }
        self.close_block();
        self.next = block;
    }

    fn list(&mut self, list: List) {
        self.close_block();
        if self.lists.len() >= DEEPEST {
            return;
        }
        if !self.lists.is_empty() && !self.in_item() {
            self.open_item();
        }
        self.out.push_str(match list {
            List::Dashes => "<ul>",
            List::Numbers => "<ol>",
        });
        self.lists.push((list, Item::None));
    }

    fn end_list(&mut self) {
        self.close_list();
    }

    fn item(&mut self) {
        self.close_block();
        self.open_item();
    }
}

/// Whether a character shows nothing but changes what is around it.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Writes plain text: an empty line begins a paragraph, a line break stays one.
pub(crate) fn lines(typed: &str, html: &mut Html) {
    for line in typed.lines() {
        if line.trim().is_empty() {
            html.block(None);
        } else {
            html.line_break();
            html.text(line.trim_end());
        }
    }
}

/// Plain text.
#[derive(Default)]
pub(crate) struct Plain {
    out: String,
    /// Each open list with the number of its last item.
    lists: Vec<(List, u32)>,
}

impl Plain {
    pub(crate) fn done(self) -> String {
        self.out.trim().to_owned()
    }

    fn begin_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn empty_line(&mut self) {
        self.begin_line();
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

impl Writer for Plain {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn line_break(&mut self) {
        self.out.push('\n');
        self.out.push_str(&"  ".repeat(self.lists.len()));
    }

    fn style(&mut self, _: Style, _: bool) {}

    fn block(&mut self, _: Option<Block>) {
        self.empty_line();
    }

    fn list(&mut self, list: List) {
        if self.lists.is_empty() {
            self.empty_line();
        }
        self.lists.push((list, 0));
    }

    fn end_list(&mut self) {
        self.lists.pop();
        if self.lists.is_empty() {
            self.empty_line();
        }
    }

    fn item(&mut self) {
        self.begin_line();
        let depth = self.lists.len().saturating_sub(1);
        self.out.push_str(&"  ".repeat(depth));
        if let Some((list, number)) = self.lists.last_mut() {
            *number += 1;
            match list {
                List::Dashes => self.out.push_str("- "),
                List::Numbers => self.out.push_str(&format!("{number}. ")),
            }
        }
    }
}
