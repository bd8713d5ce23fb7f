//! The tokens of a PDF, as far as a trailer needs them.

use domain::FileFault;

use crate::Verdict;

/// How deep dictionaries and arrays may stand within each other in a trailer.
const DEEPEST: usize = 16;

/// What a key of a dictionary has, as far as anybody here asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A whole number that is not negative.
    Number(u64),
    /// A name, its escapes undone.
    Name(Vec<u8>),
    /// Nothing, which is as if the key were not there.
    Null,
    /// Something else: a reference, a string, an array, a dictionary.
    Otherwise,
}

/// The keys of a dictionary's first level.
#[derive(Debug)]
pub(super) struct Dictionary(Vec<(Vec<u8>, Value)>);

impl Dictionary {
    fn get(&self, key: &str) -> Option<&Value> {
        let mut pairs = self.0.iter();
        let found = pairs.find(|(name, _)| name == key.as_bytes());
        found.map(|(_, value)| value)
    }

    /// Whether it has `key` with a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0
            .iter()
            .any(|(name, value)| name == key.as_bytes() && *value != Value::Null)
    }

    /// The number that `key` has.
    pub(super) fn number(&self, key: &str) -> Option<u64> {
        match self.get(key)? {
            Value::Number(number) => Some(*number),
            Value::Name(_) | Value::Null | Value::Otherwise => None,
        }
    }

    /// Whether `key` has the name `name`.
    pub(super) fn is_named(&self, key: &str, name: &str) -> bool {
        self.get(key) == Some(&Value::Name(name.as_bytes().to_vec()))
    }
}

/// Bytes that are read token by token.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes have been read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Result<u8, FileFault> {
        let byte = self.peek().ok_or(FileFault::Damaged)?;
        self.at += 1;
        Ok(byte)
    }

    /// Passes over spaces and comments.
    fn pass(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self
                    .peek()
                    .is_some_and(|byte| !matches!(byte, b'\r' | b'\n'))
                {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn starts_with(&self, word: &[u8]) -> bool {
        self.bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
    }

    /// Passes over `word`, if that is what comes next.
    pub(super) fn keyword(&mut self, word: &[u8]) -> bool {
        self.pass();
        let found = self.starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// The dictionary that must come next.
    pub(super) fn dictionary(&mut self) -> Result<Dictionary, FileFault> {
        let mut pairs = Vec::new();
        if !self.keyword(b"<<") {
            return Err(FileFault::Damaged);
        }
        while !self.keyword(b">>") {
            let Value::Name(key) = self.single()? else {
                return Err(FileFault::Damaged);
            };
            pairs.push((key, self.value()?));
        }
        Ok(Dictionary(pairs))
    }

    /// The value that must come next; a reference counts as one.
    pub(super) fn value(&mut self) -> Result<Value, FileFault> {
        let first = self.single()?;
        if matches!(first, Value::Number(_)) {
            let before = self.at;
            let second = self.single();
            if matches!(second, Ok(Value::Number(_))) && self.keyword(b"R") {
                return Ok(Value::Otherwise);
            }
            self.at = before;
        }
        Ok(first)
    }

    /// The value that must come next, where a reference is two numbers and a word.
    pub(super) fn single(&mut self) -> Result<Value, FileFault> {
        self.pass();
        match self.peek().ok_or(FileFault::Damaged)? {
            b'/' => {
                self.at += 1;
                self.name().map(Value::Name)
            }
            b'(' | b'<' | b'[' => self.nest().map(|()| Value::Otherwise),
            _ => self.word(),
        }
    }

    /// Passes over a string, an array or a dictionary with all that it holds.
    fn nest(&mut self) -> Verdict {
        let mut open: Vec<&[u8]> = Vec::new();
        loop {
            self.pass();
            if open.last().is_some_and(|end| self.starts_with(end)) {
                self.at += open.pop().map_or(0, <[u8]>::len);
            } else if self.starts_with(b"<<") {
                self.at += 2;
                open.push(b">>");
            } else {
                match self.next()? {
                    b'[' => open.push(b"]"),
                    b'(' => self.string()?,
                    b'<' => while self.next()? != b'>' {},
                    b']' | b'>' | b')' => return Err(FileFault::Damaged),
                    _ => {}
                }
            }
            if open.is_empty() {
                return Ok(());
            }
            if open.len() > DEEPEST {
                return Err(FileFault::Damaged);
            }
        }
    }

    /// Passes over the rest of a string in parentheses, which may hold balanced ones.
    fn string(&mut self) -> Verdict {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                b'\\' => {
                    self.next()?;
                }
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// The rest of a name, in which `#` and two digits stand for a byte.
    fn name(&mut self) -> Result<Vec<u8>, FileFault> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let digits = self.bytes.get(self.at..self.at + 2);
            let escaped = digits
                .and_then(|two| std::str::from_utf8(two).ok())
                .and_then(|two| u8::from_str_radix(two, 16).ok());
            match escaped {
                Some(escaped) if byte == b'#' => {
                    self.at += 2;
                    name.push(escaped);
                }
                _ => name.push(byte),
            }
        }
        Ok(name)
    }

    /// A number or a word.
    fn word(&mut self) -> Result<Value, FileFault> {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).map_err(crate::damaged)?;
        match word {
            "" => Err(FileFault::Damaged),
            "null" => Ok(Value::Null),
            word => Ok(word.parse().map_or(Value::Otherwise, Value::Number)),
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

/// Whether `byte` may stand inside a word.
fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !b"()<>[]{}/%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_first_level() {
        let text = b"<</Size 9/Root 1 0 R/Info<</Encrypt 1>>/ID[<00><00>(a\\)>>)]/Prev 17 % /Encrypt\n/Encrypt null>>";
        let dictionary = Tokens::of(text).dictionary().expect("a dictionary");
        assert_eq!(dictionary.number("Prev"), Some(17));
        assert!(dictionary.has("Root") && !dictionary.has("Encrypt"));
    }

    #[test]
    fn a_name_may_be_written_with_escapes() {
        let dictionary = Tokens::of(b"<</Encr#79pt 5 0 R>>").dictionary();
        assert!(dictionary.expect("a dictionary").has("Encrypt"));
    }

    #[test]
    fn what_does_not_end_is_damaged() {
        for text in [
            "<<",
            "<</A",
            "<</A(",
            "<</A[",
            "<</A<",
            "<</A<<",
            "<<(a)/B>>",
            "<</A ]>>",
        ] {
            let read = Tokens::of(text.as_bytes()).dictionary();
            assert_eq!(read.map(|_| ()), Err(FileFault::Damaged), "{text}");
        }
    }
}
