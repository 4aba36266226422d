//! Package of messages with 20 fields each, of all kinds, and a service with list, get, create and update methods.

use std::fmt::Write as _;

/// Length of a chain of messages that contain each other. The first message of each chain has a service.
const CHAIN: usize = 10;

const HEAD: &str = r#"syntax = "proto3";

package tables.v1;

import "google/api/field_behavior.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";

enum State {
  STATE_UNSPECIFIED = 0;
  ACTIVE = 1;
  DELETED = 2;
}
"#;

/// Returns the text of the proto.
pub(super) fn package(messages: usize) -> String {
    let mut text = String::from(HEAD);
    for number in 0..messages {
        let next = number + 1;
        message(&mut text, number, (next < messages && next % CHAIN != 0).then_some(next));
    }
    for number in (0..messages).step_by(CHAIN) {
        service(&mut text, number);
    }
    text
}

fn message(text: &mut String, number: usize, next: Option<usize>) {
    let next = next.map_or_else(|| "google.protobuf.Duration".to_owned(), |next| format!("Resource{next}"));
    let _ = write!(
        text,
        r#"
message Resource{number} {{
  string name = 1 [(google.api.field_behavior) = IDENTIFIER];
  string display_name = 2 [(google.api.field_behavior) = REQUIRED];
  int64 size_bytes = 3;
  int32 priority = 4;
  bool enabled = 5;
  double score = 6;
  bytes digest = 7;
  optional string note = 8;
  optional int32 limit = 9;
  State state = 10 [(google.api.field_behavior) = OUTPUT_ONLY];
  {next} settings = 11;
  repeated string tags = 12;
  repeated {next} items = 13;
  map<string, string> labels = 14;
  map<string, {next}> items_by_name = 15;
  oneof owner {{
    string user = 16;
    {next} group = 17;
  }}
  google.protobuf.Timestamp create_time = 18 [(google.api.field_behavior) = OUTPUT_ONLY];
  google.protobuf.Int64Value quota = 19;
  google.protobuf.Duration ttl = 20;
}}
"#
    );
}

fn service(text: &mut String, number: usize) {
    let _ = write!(
        text,
        r#"
message GetResource{number}Request {{
  string name = 1 [(google.api.field_behavior) = REQUIRED];
  google.protobuf.FieldMask read_mask = 2;
}}

message ListResource{number}sRequest {{
  int32 page_size = 1;
  string page_token = 2;
  string filter = 3;
  string order_by = 4;
}}

message ListResource{number}sResponse {{
  repeated Resource{number} resources = 1;
  string next_page_token = 2;
}}

message CreateResource{number}Request {{
  Resource{number} resource = 1 [(google.api.field_behavior) = REQUIRED];
}}

message UpdateResource{number}Request {{
  Resource{number} resource = 1 [(google.api.field_behavior) = REQUIRED];
  google.protobuf.FieldMask update_mask = 2;
}}

service Resource{number}Service {{
  rpc GetResource{number}(GetResource{number}Request) returns (Resource{number});
  rpc ListResource{number}s(ListResource{number}sRequest) returns (ListResource{number}sResponse);
  rpc CreateResource{number}(CreateResource{number}Request) returns (Resource{number});
  rpc UpdateResource{number}(UpdateResource{number}Request) returns (Resource{number});
}}
"#
    );
}
