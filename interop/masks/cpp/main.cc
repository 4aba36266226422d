// Answers the cases with libprotobuf's FieldMaskUtil: `masks CASES ANSWERS`.

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/field_mask_util.h>

#include "masks.pb.h"

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::util::FieldMaskUtil;
using transom::masks::v1::Answer;
using transom::masks::v1::Answers;
using transom::masks::v1::Book;
using transom::masks::v1::Case;
using transom::masks::v1::Cases;
using transom::masks::v1::Pair;
using transom::masks::v1::Paths;

FieldMask MaskOf(const Paths& paths) {
  FieldMask mask;
  *mask.mutable_paths() = paths.paths();
  return mask;
}

void SetPaths(const FieldMask& mask, Answer* answer) {
  *answer->mutable_paths()->mutable_paths() = mask.paths();
}

// TrimMessage of 3.21 aborts on a path that goes into a list or a map.
bool EntersList(const Paths& paths) {
  for (const std::string& path : paths.paths()) {
    const Descriptor* message = Book::descriptor();
    std::istringstream rest(path);
    std::string name;
    while (message != nullptr && std::getline(rest, name, '.')) {
      const FieldDescriptor* field = message->FindFieldByName(name);
      if (field == nullptr) break;
      if (field->is_repeated() && !rest.eof()) return true;
      message = field->message_type();
    }
  }
  return false;
}

void Combine(const Pair& pair,
             void (*combine)(const FieldMask&, const FieldMask&, FieldMask*),
             Answer* answer) {
  FieldMask combined;
  combine(MaskOf(pair.left()), MaskOf(pair.right()), &combined);
  SetPaths(combined, answer);
}

Answer AnswerTo(const Case& question) {
  Answer answer;
  switch (question.operation_case()) {
    case Case::kMerge: {
      FieldMaskUtil::MergeOptions options;
      options.set_replace_message_fields(question.merge().replace_messages());
      options.set_replace_repeated_fields(question.merge().replace_lists());
      Book* stored = answer.mutable_book();
      *stored = question.merge().stored();
      FieldMaskUtil::MergeMessageTo(question.merge().source(), MaskOf(question.merge().mask()),
                                    options, stored);
      break;
    }
    case Case::kTrim: {
      if (EntersList(question.trim().mask())) {
        answer.set_crash(true);
        break;
      }
      Book* stored = answer.mutable_book();
      *stored = question.trim().stored();
      FieldMaskUtil::TrimMessage(MaskOf(question.trim().mask()), stored);
      break;
    }
    case Case::kCheck:
      answer.set_valid(FieldMaskUtil::IsValidFieldMask<Book>(MaskOf(question.check())));
      break;
    case Case::kCanonical: {
      FieldMask canonical;
      FieldMaskUtil::ToCanonicalForm(MaskOf(question.canonical()), &canonical);
      SetPaths(canonical, &answer);
      break;
    }
    case Case::kUnion:
      Combine(question.union_(), FieldMaskUtil::Union, &answer);
      break;
    case Case::kIntersect:
      Combine(question.intersect(), FieldMaskUtil::Intersect, &answer);
      break;
    case Case::kSubtract:
      Combine(question.subtract(), FieldMaskUtil::Subtract<Book>, &answer);
      break;
    case Case::kToJson: {
      std::string text;
      if (FieldMaskUtil::ToJsonString(MaskOf(question.to_json()), &text)) {
        answer.set_text(text);
      } else {
        answer.set_error("ToJsonString failed");
      }
      break;
    }
    case Case::kFromJson: {
      FieldMask mask;
      if (FieldMaskUtil::FromJsonString(question.from_json(), &mask)) {
        SetPaths(mask, &answer);
        answer.mutable_paths();
      } else {
        answer.set_error("FromJsonString failed");
      }
      break;
    }
    case Case::OPERATION_NOT_SET:
      answer.set_absent(true);
      break;
  }
  return answer;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: masks CASES ANSWERS" << std::endl;
    return 2;
  }
  // It logs every path that it ignores.
  google::protobuf::SetLogHandler(nullptr);
  Cases cases;
  std::ifstream input(arguments[1], std::ios::binary);
  if (!cases.ParseFromIstream(&input)) {
    std::cerr << "masks: cannot read " << arguments[1] << std::endl;
    return 1;
  }
  Answers answers;
  for (const Case& question : cases.cases()) {
    *answers.add_answers() = AnswerTo(question);
  }
  std::ofstream output(arguments[2], std::ios::binary);
  if (!answers.SerializeToOstream(&output)) {
    std::cerr << "masks: cannot write " << arguments[2] << std::endl;
    return 1;
  }
}
