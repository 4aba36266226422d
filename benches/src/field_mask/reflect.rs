//! prost-reflect: fields found by descriptors, in messages that are dynamic or made so for the update.
//!
//! The crate has no masks of its own; this is the shortest way to have them with it.

use prost_reflect::{DescriptorPool, DynamicMessage, FieldDescriptor, MessageDescriptor, Value};

use super::schema::Book;

/// A field that the mask names, or in which it names some.
#[derive(Debug)]
struct Part {
    field: FieldDescriptor,
    /// None for the whole field.
    below: Vec<Part>,
}

/// A mask whose paths all exist.
#[derive(Debug)]
pub struct Mask(Vec<Part>);

/// The descriptor of the resource.
///
/// # Errors
///
/// A sentence, when the build script wrote a broken descriptor set.
pub fn descriptor() -> Result<MessageDescriptor, String> {
    let set = include_bytes!(concat!(env!("OUT_DIR"), "/library.binpb"));
    let pool = DescriptorPool::decode(&set[..]).map_err(|error| error.to_string())?;
    pool.get_message_by_name("bench.library.v1.Book").ok_or_else(|| "the descriptor set has no Book".into())
}

/// The message as a dynamic one.
#[must_use]
pub fn dynamic(descriptor: &MessageDescriptor, book: &Book) -> DynamicMessage {
    let mut message = DynamicMessage::new(descriptor.clone());
    // Both sides are the same message.
    let _ = message.transcode_from(book);
    message
}

/// Parses and checks paths.
///
/// # Errors
///
/// A sentence about the first path that names no field.
pub fn parse(descriptor: &MessageDescriptor, paths: &[String]) -> Result<Mask, String> {
    let mut parts = Vec::new();
    for path in paths {
        add(&mut parts, descriptor, path).ok_or_else(|| format!("`{path}` names no field"))?;
    }
    Ok(Mask(parts))
}

fn add(parts: &mut Vec<Part>, message: &MessageDescriptor, path: &str) -> Option<()> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let field = message.get_field_by_name(name)?;
    let known = parts.iter().position(|part| part.field.number() == field.number());
    let Some(rest) = rest else {
        match known {
            Some(index) => parts[index].below.clear(),
            None => parts.push(Part { field, below: Vec::new() }),
        }
        return Some(());
    };
    if field.is_list() || field.is_map() {
        return None;
    }
    let kind = field.kind();
    let below = kind.as_message()?;
    match known {
        Some(index) if parts[index].below.is_empty() => Some(()),
        Some(index) => add(&mut parts[index].below, below, rest),
        None => {
            let mut part = Part { field: field.clone(), below: Vec::new() };
            add(&mut part.below, below, rest)?;
            parts.push(part);
            Some(())
        }
    }
}

/// Updates the fields of the mask.
pub fn apply(stored: &mut DynamicMessage, source: &DynamicMessage, mask: &Mask) {
    apply_parts(stored, Some(source), &mask.0);
}

fn apply_parts(stored: &mut DynamicMessage, source: Option<&DynamicMessage>, parts: &[Part]) {
    for part in parts {
        let source = source.filter(|source| source.has_field(&part.field));
        let value = source.map(|source| source.get_field(&part.field));
        if !part.below.is_empty() {
            let source = value.as_deref().and_then(Value::as_message);
            if (source.is_some() || stored.has_field(&part.field))
                && let Some(stored) = stored.get_field_mut(&part.field).as_message_mut()
            {
                apply_parts(stored, source, &part.below);
            }
        } else if let Some(value) = value {
            stored.set_field(&part.field, value.into_owned());
        } else {
            stored.clear_field(&part.field);
        }
    }
}

/// Parses, checks and applies on structs, by way of dynamic messages.
///
/// # Errors
///
/// A sentence about the first path that names no field.
pub fn transcode_and_apply(
    descriptor: &MessageDescriptor,
    stored: &mut Book,
    source: &Book,
    paths: &[String],
) -> Result<(), String> {
    let mask = parse(descriptor, paths)?;
    let mut changed = dynamic(descriptor, stored);
    apply(&mut changed, &dynamic(descriptor, source), &mask);
    *stored = changed.transcode_to().map_err(|error| error.to_string())?;
    Ok(())
}
