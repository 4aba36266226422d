//! The fuzz targets: what each is called, and what it starts from.

use std::path::Path;

use anyhow::Context as _;
use transom_build::__internal::{Compiler, ImportScope};

/// Longer seeds make every run slow and reach nothing new.
const MAX_SEED_LENGTH: usize = 64 * 1024;

/// A fuzz target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The plugin, on requests of protoc.
    Request,
    /// The readers of field masks, on text.
    MaskPath,
    /// The laws of field masks, on messages and masks made of bytes.
    MaskApply,
    /// The reader of orders, on text.
    OrderBy,
    /// The reader of filters, on text.
    Filter,
    /// Page tokens, from outside and of the server.
    PageToken,
    /// A client, on answers of a server.
    Response,
}

impl Target {
    pub(super) const ALL: [Self; 7] =
        [Self::Request, Self::MaskPath, Self::MaskApply, Self::OrderBy, Self::Filter, Self::PageToken, Self::Response];

    /// Its name in `fuzz/Cargo.toml`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::MaskPath => "mask_path",
            Self::MaskApply => "mask_apply",
            Self::OrderBy => "order_by",
            Self::Filter => "filter",
            Self::PageToken => "page_token",
            Self::Response => "response",
        }
    }

    /// The target of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name() == name)
    }

    /// Returns the further arguments of libFuzzer.
    pub(super) fn arguments(self) -> Vec<String> {
        match self {
            Self::Request => vec![format!("-max_len={MAX_SEED_LENGTH}")],
            Self::MaskPath | Self::OrderBy | Self::Filter | Self::PageToken | Self::Response => {
                vec!["-max_len=4096".to_owned()]
            }
            // Short inputs say nothing of most fields, so it must not start with them.
            Self::MaskApply => vec!["-max_len=800".to_owned(), "-len_control=0".to_owned()],
        }
    }

    /// Writes the seeds, and gives their number.
    pub(super) fn write_seeds(self, workspace: &Path, folder: &Path) -> anyhow::Result<usize> {
        match self {
            Self::Request => write_requests(&workspace.join("testdata/ok"), folder),
            Self::MaskPath => write_all(folder, MASKS.iter().map(|mask| mask.as_bytes().to_vec())),
            Self::OrderBy => write_all(folder, ORDERS.iter().map(|order| order.as_bytes().to_vec())),
            Self::Filter => write_all(folder, FILTERS.iter().map(|filter| filter.as_bytes().to_vec())),
            // One for each of the four things that the target does, and of several lengths.
            Self::PageToken => write_all(
                folder,
                (0..32).map(|number| [vec![number], bytes(number, usize::from(number / 4) * 12)].concat()),
            ),
            Self::Response => write_all(folder, RESPONSES.iter().map(|response| response.to_vec())),
            Self::MaskApply => write_all(folder, (1..=64).map(|number| bytes(number, usize::from(number) * 12))),
        }
    }
}

/// Masks of the messages that the targets read them for: paths on lines of their own, or as queries and JSON write them.
const MASKS: [&str; 12] = [
    "text\nopt_double\nwrapped_text\ntime",
    "*",
    "node.left.children.*.by_name.`a.b``c`.counts.-1",
    "by_flag.true\nby_int32.-2147483648.name\nby_uint64.18446744073709551615",
    "by_text.a.text\nby_text.*.flag\nby_text.``",
    "labels.fields.a.struct_value.fields.b\nvalue.list_value.values.*.string_value",
    "labels.a.b\nvalue.x",
    "nodes.name,byText.a.optInt32,by_int32.-7.leaf",
    "byText.`a,b`.optText,flag",
    "own.boxed.held.left.tags\nown.own.own",
    "givenName,fooBar.baz,*",
    "left.left.left.left\nleft.left\nby_name.k.by_name.k.name",
];

/// Orders of the message that the target reads them for.
const ORDERS: [&str; 5] = [
    "title, create_time desc",
    "author.given_name asc,rating",
    "`title` desc , `author`.`birth_year`",
    "ebook.given_name,paperback,weight,sold,cover,read,status",
    "a``b, tags, `x``y",
];

/// Filters of the message that the target reads them for: every kind of field, comparator, value and grouping.
const FILTERS: [&str; 12] = [
    "status = ACTIVE AND create_time > \"2024-01-01T00:00:00Z\"",
    "status:active OR genre = (NOVEL OR GENRE_NOVEL) -read",
    "NOT (title = \"*a\\*b\" AND title:x) title != 'it\\'s'",
    "pages >= -3 words < 1e6 copies:4 sold = 18446744073709551615",
    "weight = 0.1 OR rating > 2.997e9 AND NOT in_print",
    "loan <= -1.5s create_time != 2024-01-01T00:00:00.5+01:00",
    "tags:x scores:42 authors.given_name:\"J*\" authors.nicknames:*",
    "labels.\"a b\" = x labels:env counts.\"-1\" > 3 reviews.smith.stars:*",
    "author.birth_year < 1900 author:verified sequel.sequel.title = x",
    "subtitle = null discount != null extra:* ebook.given_name = x",
    "cover = \"aGk=\" create_time > timestamp(\"2024-01-01T00:00:00Z\") loan = duration(2s)",
    "holmes OR \"in scarlet\" -(moriarty AND watson)",
];

/// Answers of a server, in the form that the target reads: a status in the trailers and in the head, details, messages
/// that are whole, cut and compressed, and pages of HTML.
const RESPONSES: [&[u8]; 8] = [
    b"200\ncontent-type:application/grpc\n\ngrpc-status:0\n\n\0\0\0\0\x04\x08\x01\x10\x02",
    b"200\ncontent-type:application/grpc+proto\n\ngrpc-status:0\nx-a-bin:AP8\n\n\0\0\0\xfe\0\x02\x08\x01\0\0\0\0\0",
    b"200\ncontent-type:application/grpc\n\ngrpc-status:7\ngrpc-message:%E2%28 100%25\ngrpc-status-details-bin:CAcSAWE\n\n",
    b"200\ncontent-type:application/grpc\ngrpc-status:5\ngrpc-status-details-bin:!!!\n\n\n\n",
    b"200\ncontent-type:application/grpc\ngrpc-encoding:gzip\n\ngrpc-status:0\n\n\x01\0\0\0\x16\x1f\x8b\x08\0\0\0\0\0\0\x03",
    b"200\ncontent-type:application/grpc\ngrpc-encoding:br\n\ngrpc-status:0\n\n\0\0\0\0\0",
    b"503\ncontent-type:text/html\n\n\n\n<html>",
    b"200\ncontent-type:application/grpc\n\nx-trailer:yes\n\n\0\xff\xff\xff\xff<html>",
];

/// One request for each case, with the options that reach every emitter.
fn write_requests(cases: &Path, folder: &Path) -> anyhow::Result<usize> {
    let mut count = 0;
    for entry in std::fs::read_dir(cases).with_context(|| format!("cannot read `{}`", cases.display()))? {
        let case = entry?.path();
        let compiled = Compiler::new().include(&case).file(&case).imports(ImportScope::TypesUsed).compile()?;
        let request = compiled.request("descriptor_set,include_file=mod.rs,dump_model,btree_map=.,bytes=.");
        if request.len() <= MAX_SEED_LENGTH {
            std::fs::write(folder.join(case.file_name().context("a case has no name")?), request)?;
            count += 1;
        }
    }
    anyhow::ensure!(count > 0, "no case of `{}` is short enough for a seed", cases.display());
    Ok(count)
}

fn write_all(folder: &Path, seeds: impl Iterator<Item = Vec<u8>>) -> anyhow::Result<usize> {
    let mut count = 0;
    for seed in seeds {
        std::fs::write(folder.join(count.to_string()), seed)?;
        count += 1;
    }
    Ok(count)
}

/// Bytes that look random and are the same in every run.
fn bytes(seed: u8, length: usize) -> Vec<u8> {
    let next =
        |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(u64::from(seed)), next)
        .skip(1)
        .take(length)
        .map(|state| state.to_be_bytes()[0])
        .collect()
}
