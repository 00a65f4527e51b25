// Which tables of a template something scales, and what stage it is for.
#pragma once

#include <string>
#include <vector>

#include "server/document/node.h"
#include "server/schema/cloudformation/template.h"

namespace dynarock::schema {

// Whether some text or Ref below `node` names the resource.
bool Mentions(const Node& node, const std::string& id);

// What a parameter called Stage or Environment comes to; empty: there is none, or it is not known.
std::string StageOf(Template& functions, const Node& root);

class Scaling {
 public:
  // `functions` outlives the object.
  explicit Scaling(Template& functions) : functions_(functions) {}

  // Finds what scales: targets of auto scaling, and nested stacks, which may hold such.
  void Read(const Node& resources);

  // Whether the table of a resource is scaled, or may be: a target that is known only when it is
  // deployed may be any table. `request`: as in TableSource.
  bool MayScale(const std::string& id, const Node& request) const;

 private:
  struct Target {
    const Node* resource;
    Node name;  // ResourceId, computed
  };

  Template& functions_;
  const Node* resources_ = nullptr;
  std::vector<Target> targets_;
  std::vector<const Node*> stacks_;
};

}  // namespace dynarock::schema
