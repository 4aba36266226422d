//! The options that several tasks share, and how each is read. Options of one task stand in its own file.

use std::path::PathBuf;

use anyhow::Context as _;

/// Help for the options that [`Shared`] takes.
pub(crate) const HELP: &str = "\
  --corpus PATH   the descriptor set of googleapis, .binpb.xz or .binpb
                  (default: $TRANSOM_CORPUS, or ../shared/corpus/googleapis.binpb.xz beside the workspace)
  --plugin PATH   the plugin under test (default: protoc-gen-transom, built here in release)
  --opt VALUE     the parameter for it, KEY=VALUE,... (default: its defaults)
  -h, --help      this text
";

/// Options that several tasks share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shared {
    pub(crate) corpus: Option<PathBuf>,
    pub(crate) plugin: Option<PathBuf>,
    pub(crate) parameter: String,
}

/// One option as it was given: its name, without its value.
pub(crate) fn next(parser: &mut lexopt::Parser) -> anyhow::Result<Option<String>> {
    match parser.next()? {
        None => Ok(None),
        Some(lexopt::Arg::Long(name)) => Ok(Some(name.to_owned())),
        Some(lexopt::Arg::Short('h')) => Ok(Some("help".to_owned())),
        Some(other) => Err(other.unexpected().into()),
    }
}

/// The value of an option, as text.
pub(crate) fn text(parser: &mut lexopt::Parser) -> anyhow::Result<String> {
    parser.value()?.into_string().map_err(|value| anyhow::anyhow!("the value {value:?} is not UTF-8"))
}

/// The value of an option, as a number.
pub(crate) fn number(parser: &mut lexopt::Parser) -> anyhow::Result<usize> {
    let text = text(parser)?;
    text.parse().with_context(|| format!("`{text}` is not a number"))
}

impl Shared {
    /// Takes a shared option; an unknown one is an error.
    pub(crate) fn take(&mut self, name: &str, parser: &mut lexopt::Parser) -> anyhow::Result<()> {
        match name {
            "corpus" => self.corpus = Some(parser.value()?.into()),
            "plugin" => self.plugin = Some(parser.value()?.into()),
            "opt" => self.parameter = text(parser)?,
            _ => anyhow::bail!("unknown option `--{name}`; --help lists what is accepted"),
        }
        Ok(())
    }
}
