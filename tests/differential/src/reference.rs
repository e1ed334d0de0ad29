//! The reference, a program in Python, as a function of cases.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::answer::Answer;
use crate::case::Case;

/// A running reference.
pub struct Reference {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Reference {
    /// Starts `python3` with the package `mpmath`, or the program that the variable `PYTHON` names.
    pub fn start() -> Self {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let mut child = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/reference"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, input, output }
    }

    /// What the derivatives of a case must be, as text.
    pub fn ask(&mut self, case: &Case) -> String {
        let input = self.input.as_mut().expect("a pipe");
        writeln!(input, "{case}").and_then(|()| input.flush()).expect("the reference runs");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the reference runs");
        let (echo, answer) = line.rsplit_once(" | ").unwrap_or_else(|| panic!("no answer to {case}: {line}"));
        assert_eq!(echo, case.to_string(), "the reference answers in order");
        answer.trim().to_owned()
    }

    pub fn answer(&mut self, case: &Case) -> Answer {
        Answer::parse(&self.ask(case))
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}
