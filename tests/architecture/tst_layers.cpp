#include "support/test_main.hpp"

class LayersTest : public QObject {
    Q_OBJECT
};
LAB_TEST(LayersTest)
#include "tst_layers.moc"
